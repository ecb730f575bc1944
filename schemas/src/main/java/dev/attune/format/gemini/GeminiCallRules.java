package dev.attune.format.gemini;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;
import dev.attune.format.rule.ToolNames;
import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.List;

/** Rules about function calls and the turns that answer them in Gemini's lines. */
final class GeminiCallRules extends LineRules {
  private static final Keys CALL = Keys.of("name", "args");
  private static final Keys RESPONSE = Keys.of("name", "response");
  private static final int NAME = 0;

  private final ToolNames names;

  /** The unanswered calls of the previous turn. */
  private final List<String> open = new ArrayList<>();

  private final List<String> calls = new ArrayList<>();
  private final List<String> responses = new ArrayList<>();

  /** Whether every call of the previous turn could be read. */
  private boolean callsAreKnown;

  private boolean faulty;

  /**
   * Creates the rules.
   *
   * @param names receives the names of calls
   */
  GeminiCallRules(JsonCursor in, LineFacts facts, LineFindings findings, ToolNames names) {
    super(in, facts, findings);
    this.names = names;
  }

  /** Begins the turns of a line. */
  void newTurns() {
    open.clear();
    newTurn();
    callsAreKnown = true;
  }

  private void newTurn() {
    calls.clear();
    responses.clear();
    faulty = false;
  }

  /** Returns whether the turn answers a call; such turns need no role. */
  boolean answers() {
    return !responses.isEmpty();
  }

  /** Reads the value of functionCall. */
  void call(int turn) throws MalformedLineException {
    String name = read(turn, "functionCall", CALL, "args");
    if (name.isBlank()) {
      faulty = true;
    } else {
      names.call(name, turn(turn));
    }
    calls.add(name);
  }

  /** Reads the value of functionResponse. */
  void response(int turn) throws MalformedLineException {
    String name = read(turn, "functionResponse", RESPONSE, "response");
    responses.add(name);
  }

  /** Returns the name, or an empty text. */
  private String read(int turn, String kind, Keys keys, String content)
      throws MalformedLineException {
    facts.functionCall = true;
    facts.foreign = true;
    int before = in.offset();
    String name = "";
    boolean found = false;
    for (int key = in.firstKey(keys); key != Keys.END; key = in.nextKey(keys)) {
      if (key == NAME) {
        name = stringOrEmpty();
      } else {
        boolean object = in.peek() == '{';
        in.skip();
        if (key != Keys.UNKNOWN) {
          found = true;
          contentIs(object, turn, kind, content);
        }
      }
    }
    facts.tokenUnits += in.tokenUnitsSince(before);
    if (name.isBlank()) {
      fault(Rule.INVALID_FUNCTION_CALL, turn, "has a " + kind + " without a name");
    } else if (!found && keys == RESPONSE) {
      fault(Rule.INVALID_FUNCTION_CALL, turn, "has a functionResponse without a response");
    }
    return name;
  }

  private void contentIs(boolean object, int turn, String kind, String content) {
    if (!object) {
      fault(
          Rule.INVALID_CALL_ARGUMENTS,
          turn,
          "has a " + kind + " whose " + content + " is not an object",
          "write a JSON object");
    }
  }

  /** Ends a turn that could be read. */
  void checkTurn(int turn, boolean model) {
    if (open.isEmpty() && calls.isEmpty() && responses.isEmpty()) {
      callsAreKnown = true;
      return;
    }
    if (!responses.isEmpty()) {
      checkResponses(turn, model);
    }
    if (!open.isEmpty() && callsAreKnown) {
      fault(
          Rule.FUNCTION_CALL_UNANSWERED,
          turn - 1,
          "has "
              + (open.size() == 1 ? "a functionCall" : open.size() + " functionCalls")
              + " that "
              + turn(turn)
              + " does not answer");
    }
    open.clear();
    callsAreKnown = true;
    if (!calls.isEmpty() && !model) {
      fault(Rule.FUNCTION_CALL_NOT_OF_MODEL, turn, "has a functionCall and is not the model's");
      callsAreKnown = false;
    } else {
      open.addAll(calls);
      callsAreKnown = !faulty;
    }
    newTurn();
  }

  private void checkResponses(int turn, boolean model) {
    if (model) {
      fault(
          Rule.FUNCTION_RESPONSE_WITHOUT_CALL,
          turn,
          "is the model's and has a functionResponse",
          "move it into a turn of the user, right after the call");
      return;
    }
    if (open.isEmpty()) {
      if (callsAreKnown) {
        fault(
            Rule.FUNCTION_RESPONSE_WITHOUT_CALL,
            turn,
            "has a functionResponse, and the turn before it no functionCall");
      }
      return;
    }
    List<String> answered = new ArrayList<>();
    for (String name : responses) {
      callsAreKnown &= !name.isBlank();
      if (open.remove(name)) {
        answered.add(name);
      } else if (callsAreKnown && !name.isBlank()) {
        withoutCall(turn, Printable.shortened(name), answered.contains(name));
      }
    }
  }

  private void withoutCall(int turn, String name, boolean again) {
    String cause = turn(turn) + " answers '" + name + "'";
    if (again) {
      findings.add(
          Rule.FUNCTION_RESPONSE_WITHOUT_CALL,
          cause + " more often than the turn before it calls it",
          "keep one answer for each call");
    } else {
      findings.add(
          Rule.FUNCTION_RESPONSE_WITHOUT_CALL,
          cause + ", which the turn before it does not call",
          "give it the name of the function that was called, or leave it out");
    }
  }
}
