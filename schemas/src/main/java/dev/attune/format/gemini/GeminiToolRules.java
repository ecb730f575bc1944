package dev.attune.format.gemini;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.DeclarationRules;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.Rule;
import dev.attune.format.rule.ToolNames;

/** Rules about tools in Gemini's lines. Tools without functions, such as searches, are accepted. */
final class GeminiToolRules extends DeclarationRules {
  private static final Keys TOOL = Keys.of("functionDeclarations", "function_declarations");
  private static final Keys DECLARATION =
      Keys.of("name", "parameters", "parametersJsonSchema", "parameters_json_schema");
  private static final String LIST =
      "write {\"functionDeclarations\": [{\"name\", \"parameters\"}]}";

  /**
   * Creates the rules.
   *
   * @param names receives the declared names
   */
  GeminiToolRules(JsonCursor in, LineFacts facts, LineFindings findings, ToolNames names) {
    super(in, facts, findings, names);
  }

  /** Reads the value of tools. */
  void tools() throws MalformedLineException {
    list("tools", "tool", this::tool);
  }

  private void tool(String place) throws MalformedLineException {
    if (!begins('{', place, " is not an object", LIST)) {
      return;
    }
    for (int key = in.firstKey(TOOL); key != Keys.END; key = in.nextKey(TOOL)) {
      if (key == Keys.UNKNOWN) {
        in.skip();
      } else {
        if (key == 1) {
          noteKey(Rule.SNAKE_CASE_KEY, "a tool");
        }
        declarations(place);
      }
    }
  }

  private void declarations(String place) throws MalformedLineException {
    if (begins('[', place, " has functionDeclarations that are not a list", LIST)) {
      elements("function", " of " + place, this::declaration);
    }
  }

  private void declaration(String place) throws MalformedLineException {
    if (!begins('{', place, " is not an object", "write {\"name\", \"parameters\"}")) {
      return;
    }
    String name = declaration(place, DECLARATION, Rule.DUPLICATE_FUNCTION);
    if (!name.isEmpty() && !ToolNames.isName(name, ".:-", false)) {
      findings.add(
          Rule.INVALID_TOOL_NAME,
          place
              + " has an invalid name: it must have at most 64 letters, digits, underscores, dots,"
              + " colons and dashes, and start with a letter or underscore");
    }
  }
}
