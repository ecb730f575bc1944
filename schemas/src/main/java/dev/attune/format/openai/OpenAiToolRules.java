package dev.attune.format.openai;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.DeclarationRules;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.Rule;
import dev.attune.format.rule.ToolNames;

/** Rules about tools and the deprecated functions in OpenAI's lines. */
final class OpenAiToolRules extends DeclarationRules {
  private static final Keys TOOL = Keys.of("type", "function");
  private static final Keys FUNCTION = Keys.of("name", "parameters");
  private static final String WHOLE =
      "write {\"type\": \"function\", \"function\": {\"name\", \"parameters\"}}";

  /**
   * Creates the rules.
   *
   * @param names receives the declared names
   */
  OpenAiToolRules(JsonCursor in, LineFacts facts, LineFindings findings, ToolNames names) {
    super(in, facts, findings, names);
  }

  /** Reads the value of tools. */
  void tools() throws MalformedLineException {
    list("tools", "tool", this::tool);
  }

  /** Reads the value of functions. */
  void functions() throws MalformedLineException {
    list("functions", "function", this::function);
  }

  private void tool(String place) throws MalformedLineException {
    if (!begins('{', place, " is not an object", WHOLE)) {
      return;
    }
    String type = "";
    boolean function = false;
    for (int key = in.firstKey(TOOL); key != Keys.END; key = in.nextKey(TOOL)) {
      switch (key) {
        case 0 -> type = stringOrEmpty();
        case 1 -> {
          function = true;
          function(place);
        }
        default -> in.skip();
      }
    }
    if (!type.equals("function")) {
      findings.add(
          Rule.INVALID_TOOLS,
          place + " is not of the type function",
          "write \"type\": \"function\"");
    } else if (!function) {
      findings.add(Rule.INVALID_TOOLS, place + " has no function", WHOLE);
    }
  }

  private void function(String place) throws MalformedLineException {
    String fix = "write the function as {\"name\", \"parameters\"}";
    if (!begins('{', place, " has a function that is not an object", fix)) {
      return;
    }
    String name = declaration(place, FUNCTION, Rule.DUPLICATE_TOOL);
    if (!name.isEmpty() && !ToolNames.isName(name, "-", true)) {
      findings.add(
          Rule.INVALID_TOOL_NAME,
          place
              + " has an invalid name: it must have at most 64 letters, digits, underscores and"
              + " dashes");
    }
  }
}
