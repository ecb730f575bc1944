package dev.attune.format.rule;

import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the tools that a line declares and calls, in any order. */
public final class ToolNames {
  /** The longest name of a tool. */
  private static final int LONGEST = 64;

  private final Set<String> declared = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();

  /** The keys under which the line declares, "tools" or "functions". */
  private String keys = "";

  /** Begins a line. */
  public void newLine() {
    if (!keys.isEmpty()) {
      declared.clear();
      keys = "";
    }
    if (!calls.isEmpty()) {
      calls.clear();
    }
  }

  /** Records that the line has declarations under a key. */
  public void declares(String key) {
    keys = keys.isEmpty() || keys.equals(key) ? key : "neither tools nor functions";
  }

  /** Records a declaration; returns false for a repeated name. */
  public boolean declare(String name) {
    return declared.add(name);
  }

  public void call(String name, String turn) {
    calls.add(new Call(name, turn + " calls", "tools", ""));
  }

  /** Records a call of the deprecated function_call. */
  public void callFunction(String name, String turn) {
    String fix = "declare it in functions, or leave the call out";
    calls.add(new Call(name, turn + " calls", "functions", fix));
  }

  /** Records a name in allowedFunctionNames. */
  public void allow(String name) {
    String fix = "declare it in tools, or take it out of allowedFunctionNames";
    calls.add(new Call(name, "allowedFunctionNames has", "tools", fix));
  }

  /** Ends a line: adds a finding for each called tool that is not declared. */
  public void finish(Rule rule, LineFindings findings) {
    if (calls.isEmpty()) {
      return;
    }
    Set<String> reported = new HashSet<>();
    for (Call call : calls) {
      if (!declared.contains(call.name()) && reported.add(call.name())) {
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
   * Returns whether providers accept the name of a tool.
   *
   * @param more the characters allowed besides ASCII letters, digits and the underscore
   * @param digitMayBeFirst whether these and digits may also come first
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
   * @param does the text before the name
   * @param list the key under which it should be declared
   * @param fix empty for the rule's fix
   */
  private record Call(String name, String does, String list, String fix) {}
}
