package dev.attune.format.openai;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.JsonObjectText;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;
import dev.attune.format.rule.ToolNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules about tool calls and the messages that answer them in OpenAI's lines. */
final class OpenAiCallRules extends LineRules {
  private static final Keys CALL = Keys.of("id", "type", "function");
  private static final Keys FUNCTION = Keys.of("name", "arguments");

  private final ToolNames names;
  private final JsonObjectText object = new JsonObjectText();

  private static final String AS_STRING =
      "write a JSON object in a string, as \"{\\\"city\\\": \\\"Oslo\\\"}\"";

  // Of the line.
  private boolean used;
  private final Set<String> idsOfLine = new HashSet<>();
  private final Set<String> unanswered = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private int callTurn;

  /** The previous message if it has a function_call; else -1. */
  private int functionTurn = NO_TURN;

  /** Whether every call of the last message with calls has a readable id. */
  private boolean idsAreKnown;

  // Of the message that is being read.
  private final List<String> ids = new ArrayList<>();
  private boolean calls;
  private boolean callsFunction;
  private boolean callIsMissingAnId;
  private boolean toolCallsAreAList;
  private String answers = "";

  /**
   * Creates the rules.
   *
   * @param names receives the names of calls
   */
  OpenAiCallRules(JsonCursor in, LineFacts facts, LineFindings findings, ToolNames names) {
    super(in, facts, findings);
    this.names = names;
  }

  /** Begins the messages of a line. */
  void newMessages() {
    if (used) {
      idsOfLine.clear();
      unanswered.clear();
      answered.clear();
      used = false;
    }
    idsAreKnown = true;
    functionTurn = NO_TURN;
  }

  /** Begins a message. */
  void newMessage() {
    if (calls) {
      ids.clear();
      calls = false;
    }
    callsFunction = false;
    callIsMissingAnId = false;
    answers = "";
  }

  /** Returns whether the message has a key for calls. */
  boolean calls() {
    return calls;
  }

  /** Reads the value of tool_calls. */
  void toolCalls(int turn) throws MalformedLineException {
    beginCalls();
    int before = in.offset();
    toolCallsAreAList = in.peek() == '[';
    int count = 0;

    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      count++;
      call(turn, "call " + count + " of " + turn(turn));
    }
    if (!toolCallsAreAList || count == 0) {
      toolCallsAreAList = false;
      fault(Rule.INVALID_TOOL_CALLS, turn, "has tool_calls that are not a list of objects");
    }
    facts.tokenUnits += in.tokenUnitsSince(before);
  }

  /** Reads the value of the deprecated function_call. */
  void functionCall(int turn) throws MalformedLineException {
    if (in.peek() == 'n') {
      skipForeign();
      return;
    }
    beginCalls();
    callsFunction = true;
    toolCallsAreAList = true;
    int before = in.offset();
    function("the function_call of " + turn(turn), turn);
    facts.tokenUnits += in.tokenUnitsSince(before);
  }

  private void beginCalls() {
    used = true;
    calls = true;
    facts.foreign = true;
    facts.functionCall = true;
  }

  private void call(int turn, String place) throws MalformedLineException {
    if (in.peek() != '{') {
      in.skip();
      fault(place + " is not an object");
      callIsMissingAnId = true;
      return;
    }
    String id = "";
    String type = "";
    boolean function = false;
    for (int key = in.firstKey(CALL); key != Keys.END; key = in.nextKey(CALL)) {
      switch (key) {
        case 0 -> id = stringOrEmpty();
        case 1 -> type = stringOrEmpty();
        case 2 -> {
          function = true;
          function(place, turn);
        }
        default -> in.skip();
      }
    }
    if (id.isBlank()) {
      fault(place + " has no id");
      callIsMissingAnId = true;
    } else if (ids.contains(id)) {
      findings.add(Rule.DUPLICATE_TOOL_CALL_ID, place + " has the id of another call beside it");
    } else {
      ids.add(id);
    }
    if (!type.equals("function")) {
      fault(place + " is not of the type function");
    } else if (!function) {
      fault(place + " has no function");
    }
  }

  private void function(String place, int turn) throws MalformedLineException {
    if (in.peek() != '{') {
      in.skip();
      fault(place + " has a function that is not an object");
      return;
    }
    String name = "";
    boolean arguments = false;
    for (int key = in.firstKey(FUNCTION); key != Keys.END; key = in.nextKey(FUNCTION)) {
      switch (key) {
        case 0 -> name = stringOrEmpty();
        case 1 -> {
          arguments = true;
          arguments(place);
        }
        default -> in.skip();
      }
    }
    if (name.isBlank()) {
      fault(place + " has no name");
    } else {
      call(name, turn);
    }
    if (!arguments) {
      findings.add(Rule.INVALID_CALL_ARGUMENTS, place + " has no arguments", AS_STRING);
    }
  }

  private void call(String name, int turn) {
    if (callsFunction) {
      names.callFunction(name, turn(turn));
    } else {
      names.call(name, turn(turn));
    }
  }

  private void arguments(String place) throws MalformedLineException {
    boolean text = in.peek() == '"';
    in.skip();
    if (!text) {
      findings.add(
          Rule.INVALID_CALL_ARGUMENTS, place + " has arguments that are not a string", AS_STRING);
    } else if (!object.test(in.text())) {
      if (object.tooDeep()) {
        findings.add(Rule.NESTED_TOO_DEEP, place + " has arguments nested more than 200 deep");
      } else {
        findings.add(
            Rule.INVALID_CALL_ARGUMENTS,
            place + " has arguments that are not a JSON object in a string",
            AS_STRING);
      }
    }
  }

  private void fault(String cause) {
    findings.add(Rule.INVALID_TOOL_CALLS, cause);
  }

  /** Reads the value of tool_call_id. */
  void toolCallId() throws MalformedLineException {
    facts.foreign = true;
    answers = stringOrEmpty();
  }

  /** Ends a message of the role tool. */
  void answerEnds(int turn) {
    used = true;
    if (answers.isBlank()) {
      fault(Rule.TOOL_MESSAGE_WITHOUT_CALL, turn, "has no tool_call_id");
      idsAreKnown = false;
    } else if (unanswered.remove(answers)) {
      answered.add(answers);
    } else if (answered.contains(answers)) {
      fault(
          Rule.TOOL_CALL_ANSWERED_TWICE,
          turn,
          "answers a call that a tool message before it answers");
    } else if (idsAreKnown) {
      fault(
          Rule.TOOL_MESSAGE_WITHOUT_CALL,
          turn,
          "has a tool_call_id that no call of the assistant before it has");
      idsAreKnown = false;
    }
    refuseCalls(turn);
  }

  /** Ends any message, for the deprecated function_call. */
  void functionEnds(int turn, boolean assistant, boolean answer) {
    if (answer && functionTurn == NO_TURN) {
      fault(
          Rule.FUNCTION_MESSAGE_WITHOUT_CALL,
          turn,
          "has the role function, and the message before it no function_call");
    } else if (!answer && functionTurn != NO_TURN) {
      fault(
          Rule.FUNCTION_MESSAGE_MISSING,
          functionTurn,
          "has a function_call that " + turn(turn) + " does not answer");
    }
    functionTurn = callsFunction && assistant ? turn : NO_TURN;
  }

  /** Ends a message of another role. */
  void messageEnds(int turn, boolean assistant) {
    if (used) {
      if (!unanswered.isEmpty() && idsAreKnown) {
        fault(
            Rule.TOOL_CALL_UNANSWERED,
            callTurn,
            "has "
                + (unanswered.size() == 1 ? "a call" : unanswered.size() + " calls")
                + " that no tool message answers before "
                + turn(turn));
      }
      unanswered.clear();
      answered.clear();
      idsAreKnown = true;
    }
    if (!assistant) {
      refuseCalls(turn);
    } else if (calls) {
      openCalls(turn);
    }
  }

  private void refuseCalls(int turn) {
    if (calls && toolCallsAreAList) {
      fault(turn(turn) + " calls a tool and is not the assistant's");
    }
  }

  private void openCalls(int turn) {
    callTurn = turn;
    idsAreKnown = !callIsMissingAnId && toolCallsAreAList;
    unanswered.addAll(ids);
    boolean reused = false;
    for (String id : ids) {
      reused |= !idsOfLine.add(id);
    }
    if (reused) {
      fault(Rule.REUSED_TOOL_CALL_ID, turn, "has a call with the id of an earlier turn's");
    }
  }
}
