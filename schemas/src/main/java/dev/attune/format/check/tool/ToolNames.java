package dev.attune.format.check.tool;

import dev.attune.format.check.rule.LineFindings;
import dev.attune.format.check.rule.Rule;
import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tools that a line declares and those that it calls; the former may stand behind. */
public final class ToolNames {
  private static final int LONGEST = 64;

  private final Set<String> declared = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private boolean declares;

  /** To be called before each line. */
  public void newLine() {
    if (declares) {
      declared.clear();
      declares = false;
    }
    if (!calls.isEmpty()) {
      calls.clear();
    }
  }

  /** Notes that the line has declarations, maybe none that can be read. */
  void declares() {
    declares = true;
  }

  void declare(String name) {
    declared.add(name);
  }

  void call(String name, String turn) {
    calls.add(new Call(name, turn));
  }

  /** To be called behind the line: a tool that is called and not declared is a finding. */
  public void finish(Rule rule, LineFindings findings) {
    if (calls.isEmpty()) {
      return;
    }
    Set<String> told = new HashSet<>();
    for (Call call : calls) {
      if (!declared.contains(call.name()) && told.add(call.name())) {
        String name = Printable.shortened(call.name());
        findings.add(
            rule,
            call.turn()
                + " calls '"
                + name
                + (declares ? "', which tools does not declare" : "', and there are no tools"));
      }
    }
  }

  /**
   * Whether providers take a name of a tool.
   *
   * @param more the characters that are taken beside ASCII letters, digits and the underscore
   * @param digitMayBeFirst whether all of them may be the first one, too
   */
  static boolean isName(String name, String more, boolean digitMayBeFirst) {
    if (name.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean first = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean later = first || (c >= '0' && c <= '9') || more.indexOf(c) >= 0;
      boolean fits = (i > 0 || digitMayBeFirst) ? later : first;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** A call, and where it stands. */
  private record Call(String name, String turn) {}
}
