package dev.attune.format.gemini;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;
import dev.attune.format.rule.ToolNames;

/** The rules of Gemini's lines about which functions may be called. */
final class GeminiToolConfigRules extends LineRules {
  private static final Keys CONFIG = Keys.of("functionCallingConfig", "function_calling_config");
  private static final Keys CALLING =
      Keys.of("mode", "allowedFunctionNames", "allowed_function_names");
  private static final Keys MODES = Keys.of("AUTO", "ANY", "NONE", "VALIDATED", "MODE_UNSPECIFIED");

  private final ToolNames names;

  /**
   * The rules.
   *
   * @param names is told what may be called
   */
  GeminiToolConfigRules(JsonCursor in, LineFacts facts, LineFindings findings, ToolNames names) {
    super(in, facts, findings);
    this.names = names;
  }

  /** Reads the value of toolConfig. */
  void toolConfig() throws MalformedLineException {
    facts.foreign = true;
    int before = in.offset();
    checkObject("toolConfig");
    for (int key = in.firstKey(CONFIG); key != Keys.END; key = in.nextKey(CONFIG)) {
      if (key == Keys.UNKNOWN) {
        in.skip();
      } else {
        snake(key, 1, "toolConfig");
        calling();
      }
    }
    facts.tokenUnits += in.tokenUnitsSince(before);
  }

  private void calling() throws MalformedLineException {
    checkObject("functionCallingConfig");
    for (int key = in.firstKey(CALLING); key != Keys.END; key = in.nextKey(CALLING)) {
      snake(key, 2, "functionCallingConfig");
      if (key == 0) {
        mode();
      } else if (key == Keys.UNKNOWN || in.peek() == 'n') {
        in.skip();
      } else {
        allowed();
      }
    }
  }

  private void snake(int key, int snake, String place) {
    if (key == snake) {
      noteKey(Rule.SNAKE_CASE_KEY, place);
    }
  }

  private void checkObject(String what) {
    if (in.peek() != '{' && in.peek() != 'n') {
      findings.add(Rule.INVALID_TOOL_CONFIG, what + " is not an object");
    }
  }

  private void mode() throws MalformedLineException {
    byte first = in.peek();
    in.skip();
    if (first != 'n' && (first != '"' || MODES.find(in) == Keys.UNKNOWN)) {
      findings.add(
          Rule.INVALID_TOOL_CONFIG,
          "functionCallingConfig has a mode that is not one of AUTO, ANY, NONE, VALIDATED");
    }
  }

  private void allowed() throws MalformedLineException {
    boolean strings = in.peek() == '[';
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      if (in.peek() == '"') {
        in.string();
        names.allow(in.text());
      } else {
        in.skip();
        strings = false;
      }
    }
    if (!strings) {
      findings.add(
          Rule.INVALID_TOOL_CONFIG,
          "allowedFunctionNames is not a list of strings",
          "write a list of names of functions");
    }
  }
}
