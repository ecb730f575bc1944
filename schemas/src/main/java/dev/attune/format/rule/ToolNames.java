package dev.attune.format.rule;

import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tools that a line declares and those that it calls; the former may stand behind. */
public final class ToolNames {
  /** How to mend parameters. */
  private static final int LONGEST = 64;

  private final Set<String> declared = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();

  /** The keys under which the line declares, "tools" or "functions". */
  private String keys = "";

  /** To be called before each line. */
  public void newLine() {
    if (!keys.isEmpty()) {
      declared.clear();
      keys = "";
    }
    if (!calls.isEmpty()) {
      calls.clear();
    }
  }

  /** Notes that the line has declarations under a key, maybe none that can be read. */
  public void declares(String key) {
    keys = keys.isEmpty() || keys.equals(key) ? key : "neither tools nor functions";
  }

  /** Notes a declaration; false where the name was declared before. */
  public boolean declare(String name) {
    return declared.add(name);
  }

  public void call(String name, String turn) {
    calls.add(new Call(name, turn + " calls", "tools", ""));
  }

  /** A call as it was before there were tools. */
  public void callFunction(String name, String turn) {
    String fix = "declare it in functions, or leave the call out";
    calls.add(new Call(name, turn + " calls", "functions", fix));
  }

  /** What may be called alone. */
  public void allow(String name) {
    String fix = "declare it in tools, or take it out of allowedFunctionNames";
    calls.add(new Call(name, "allowedFunctionNames has", "tools", fix));
  }

  /** To be called behind the line: a tool that is called and not declared is a finding. */
  public void finish(Rule rule, LineFindings findings) {
    if (calls.isEmpty()) {
      return;
    }
    Set<String> told = new HashSet<>();
    for (Call call : calls) {
      if (!declared.contains(call.name()) && told.add(call.name())) {
        String cause = call.does() + " '" + Printable.shortened(call.name()) + "'" + notIn(call);
        findings.add(rule, cause, call.fix());
      }
    }
  }

  private String notIn(Call call) {
    if (keys.isEmpty()) {
      return ", and there are no " + call.list();
    }
    return ", which " + keys + (keys.contains(" ") ? " declares" : " does not declare");
  }

  /**
   * Whether providers take a name of a tool.
   *
   * @param more the characters that are taken beside ASCII letters, digits and the underscore
   * @param digitMayBeFirst whether all of them may be the first one, too
   */
  public static boolean isName(String name, String more, boolean digitMayBeFirst) {
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

  /**
   * A call, or another use of a name.
   *
   * @param does what stands where, before the name
   * @param list where it should be declared
   * @param fix empty where it is the rule's
   */
  private record Call(String name, String does, String list, String fix) {}
}
