package dev.attune.format.rule;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;

/** Rules about the declarations of functions, which both providers share. */
public abstract class DeclarationRules extends LineRules {
  /** The number of {@code name} among the keys of a declaration. */
  private static final int NAME = 0;

  /** The tools of the line. */
  protected final ToolNames names;

  protected DeclarationRules(
      JsonCursor in, LineFacts facts, LineFindings findings, ToolNames names) {
    super(in, facts, findings);
    this.names = names;
  }

  /** Reads an element of the list under a key; its place is for findings. */
  @FunctionalInterface
  protected interface Element {
    void read(String place) throws MalformedLineException;
  }

  /** Reads the list under a key, and counts its tokens. */
  protected final void list(String key, String element, Element rules)
      throws MalformedLineException {
    facts.foreign = true;
    names.declares(key);
    int before = in.offset();
    if (in.peek() != '[') {
      findings.add(Rule.INVALID_TOOLS, key + " is not a list of objects", "write a list of " + key);
    }
    elements(element, "", rules);
    facts.tokenUnits += in.tokenUnitsSince(before);
  }

  /** Reads a list; the place of an element is its number between the two texts. */
  protected final void elements(String before, String after, Element rules)
      throws MalformedLineException {
    int number = 0;
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      number++;
      rules.read(before + " " + number + after);
    }
  }

  /** Returns whether the next value begins with a character. If not, adds a finding, skips it. */
  protected final boolean begins(char first, String place, String cause, String fix)
      throws MalformedLineException {
    if (in.peek() == first) {
      return true;
    }
    in.skip();
    findings.add(Rule.INVALID_TOOLS, place + cause, fix);
    return false;
  }

  /**
   * Reads one declaration, an object, and records its name.
   *
   * @param place for findings
   * @param keys {@code name} first, then those of its parameters
   * @param twice the rule for a name that was declared before
   * @return its name; empty if it has none, which is a finding
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
