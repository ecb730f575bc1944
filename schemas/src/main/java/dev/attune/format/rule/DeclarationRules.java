package dev.attune.format.rule;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;

/** Reads the declarations of functions, which are alike at both providers. */
public abstract class DeclarationRules extends LineRules {
  /** The place of {@code name} among the keys of a declaration. */
  private static final int NAME = 0;

  /** The tools of the line. */
  protected final ToolNames names;

  protected DeclarationRules(
      JsonCursor in, LineFacts facts, LineFindings findings, ToolNames names) {
    super(in, facts, findings);
    this.names = names;
  }

  /**
   * Reads one declaration, an object, and notes its name.
   *
   * @param place for findings
   * @param keys {@code name} first, then those of its parameters
   * @param twice the rule for a name that was declared before
   * @return its name; empty where it has none, which is a finding
   */
  protected final String declaration(String place, Keys keys, Rule twice)
      throws MalformedLineException {
    String name = "";
    for (int key = in.firstKey(keys); key != Keys.END; key = in.nextKey(keys)) {
      if (key == NAME) {
        name = stringOrEmpty();
      } else {
        if (key != Keys.UNKNOWN && in.peek() != '{' && in.peek() != 'n') {
          findings.add(
              Rule.INVALID_TOOLS,
              place + " has parameters that are not an object",
              "write parameters as a JSON schema, an object");
        }
        in.skip();
      }
    }
    if (name.isBlank()) {
      findings.add(Rule.INVALID_TOOLS, place + " has no name", "give the function a name");
      return "";
    }
    if (!names.declare(name)) {
      findings.add(twice, place + " declares a name that one before it declares");
    }
    return name;
  }
}
