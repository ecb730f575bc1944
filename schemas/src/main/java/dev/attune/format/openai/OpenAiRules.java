package dev.attune.format.openai;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.Limits;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;
import dev.attune.format.rule.ToolNames;

/**
 * Rules about the messages of OpenAI's lines; {@link OpenAiContentRules} has those about contents.
 */
public final class OpenAiRules extends LineRules {
  private static final Keys TOP = Keys.of("messages", "tools", "parallel_tool_calls", "functions");

  /** Keys of requests that do not belong in training lines. */
  private static final Keys REQUEST =
      Keys.of(
          "tool_choice",
          "function_call",
          "model",
          "temperature",
          "top_p",
          "max_tokens",
          "max_completion_tokens",
          "response_format",
          "n",
          "stop",
          "seed",
          "stream",
          "frequency_penalty",
          "presence_penalty",
          "logit_bias",
          "logprobs",
          "user",
          "metadata",
          "store",
          "reasoning_effort");

  private static final Keys MESSAGE =
      Keys.of(
          "role",
          "content",
          "weight",
          "tool_calls",
          "tool_call_id",
          "name",
          "function_call",
          "refusal");
  private static final Keys ROLES =
      Keys.of("user", "assistant", "system", "tool", "function", "developer");

  private static final int USER = 0;
  private static final int ASSISTANT = 1;
  private static final int SYSTEM = 2;
  private static final int TOOL = 3;
  private static final int FUNCTION = 4;
  private static final int DEVELOPER = 5;
  private static final int NONE = -1;

  private static final int CONTENT_BIT = 1 << 1;
  private static final int NAME_BIT = 1 << 5;

  private static final int NO_WEIGHT = -1;
  private static final int BAD_WEIGHT = -2;

  private static final int MOST_IMAGES = Limits.of("openai.mostImages");

  private final ToolNames names = new ToolNames();
  private final OpenAiToolRules tools;
  private final OpenAiCallRules calls;
  private final OpenAiContentRules content;
  private int lastRole;
  private int answers;
  private int weightlessAnswers;

  // Of the message that is being read.
  private int role;
  private int weight;
  private Refusal refusal = Refusal.NONE;

  public OpenAiRules(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
    tools = new OpenAiToolRules(in, facts, findings, names);
    calls = new OpenAiCallRules(in, facts, findings, names);
    content = new OpenAiContentRules(in, facts, findings);
  }

  /** Reads the line, an object, to its end. */
  public void check() throws MalformedLineException {
    newLine();
    names.newLine();
    int seen = 0;
    for (int key = in.firstKey(TOP); key != Keys.END; key = in.nextKey(TOP)) {
      boolean request = key == Keys.UNKNOWN && REQUEST.find(in) != Keys.UNKNOWN;
      seen = note(seen, key, request ? Rule.REQUEST_KEY : Rule.UNKNOWN_KEY, "the line", NO_TURN);
      switch (key) {
        case 0 -> messages();
        case 1 -> tools.tools();
        case 2 -> parallelToolCalls();
        case 3 -> tools.functions();
        default -> {}
      }
    }
    in.finish();
    if ((seen & 1) == 0) {
      findings.add(Rule.MISSING_MESSAGES_LIST, "there is no key messages");
    }
    names.finish(Rule.UNDECLARED_TOOL, findings);
    atMost(MOST_IMAGES, facts.images, Rule.TOO_MANY_IMAGES, "images");
  }

  private void messages() throws MalformedLineException {
    if (!begins('[', Rule.MISSING_MESSAGES_LIST, NO_TURN, "messages is not a list")) {
      return;
    }
    lastRole = NONE;
    answers = 0;
    weightlessAnswers = 0;
    calls.newMessages();
    int turn = 0;
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      message(turn++);
    }
    if (turn == 0) {
      findings.add(Rule.MISSING_MESSAGES_LIST, "messages is empty");
      return;
    }
    if (answers == 0) {
      findings.add(Rule.MISSING_ASSISTANT_MESSAGE, "no message is the assistant's");
    } else if (lastRole != ASSISTANT && lastRole != NONE) {
      fault(Rule.LAST_MESSAGE_NOT_ASSISTANT, turn - 1, "is the last and not the assistant's");
    } else if (weightlessAnswers == answers) {
      findings.add(Rule.NO_WEIGHTED_ANSWER, "every assistant message has the weight 0");
    }
    turnsEnd(lastRole == ASSISTANT);
  }

  private void message(int turn) throws MalformedLineException {
    lastRole = NONE;
    if (!begins('{', Rule.MESSAGE_NOT_OBJECT, turn, "is not an object")) {
      return;
    }
    facts.newTurn();
    content.newTurn();
    calls.newMessage();
    role = NONE;
    weight = NO_WEIGHT;
    refusal = Refusal.NONE;
    int seen = 0;
    for (int key = in.firstKey(MESSAGE); key != Keys.END; key = in.nextKey(MESSAGE)) {
      seen = note(seen, key, Rule.MESSAGE_UNRECOGNIZED_KEY, "a message", turn);
      value(key, turn);
    }
    if ((seen & 1) == 0) {
      fault(Rule.MESSAGE_MISSING_KEY, turn, "has no role");
    }
    checkRole(turn);
    checkContent(turn, seen);
    checkWeight(turn);
    calls.functionEnds(turn, role == ASSISTANT, role == FUNCTION);
    if (role == TOOL) {
      calls.answerEnds(turn);
    } else {
      calls.messageEnds(turn, role == ASSISTANT);
    }
    lastRole = role;
    turnEnds(turn, content.blank() && !calls.calls() && refusal == Refusal.NONE);
  }

  private void value(int key, int turn) throws MalformedLineException {
    switch (key) {
      case 0 -> role(turn);
      case 1 -> content.content(turn);
      case 2 -> weight();
      case 3 -> calls.toolCalls(turn);
      case 4 -> calls.toolCallId();
      case 5 -> name(turn);
      case 6 -> calls.functionCall(turn);
      case 7 -> refusal();
      default -> {}
    }
  }

  private void role(int turn) throws MalformedLineException {
    role = word(ROLES);
    if (role == NONE) {
      fault(
          Rule.UNRECOGNIZED_ROLE,
          turn,
          "has a role that is not one of system, developer, user, assistant, tool, function",
          "use system, developer, user, assistant or tool");
    }
  }

  private void weight() throws MalformedLineException {
    facts.foreign = true;
    int before = in.offset();
    in.skip();
    int bit = in.bitSince(before);
    weight = bit < 0 ? BAD_WEIGHT : bit;
  }

  private void parallelToolCalls() throws MalformedLineException {
    byte first = in.peek();
    skipForeign();
    if (first != 't' && first != 'f' && first != 'n') {
      findings.add(
          Rule.WRONG_TYPE,
          "parallel_tool_calls is neither true nor false",
          "write true or false, without quotation marks");
    }
  }

  private void name(int turn) throws MalformedLineException {
    byte first = in.peek();
    skipForeign();
    if (first != '"' && first != 'n') {
      fault(Rule.WRONG_TYPE, turn, "has a name that is not a string", "write the name as a string");
    }
  }

  private void checkRole(int turn) {
    if (role == SYSTEM || role == DEVELOPER) {
      facts.system = true;
      if (turn > 0) {
        facts.foreign = true;
        fault(Rule.SYSTEM_NOT_FIRST, turn, "is a system message");
      }
    }
    facts.foreign |= role > SYSTEM;
    if (role != USER && content.hasImages()) {
      fault(Rule.IMAGE_NOT_OF_USER, turn, "has an image and is not the user's");
    }
  }

  private void refusal() throws MalformedLineException {
    byte first = in.peek();
    skipForeign();
    if (first == 'n') {
      refusal = Refusal.NONE;
    } else {
      boolean text = first == '"' && !in.blank();
      refusal = text ? Refusal.TEXT : Refusal.NO_TEXT;
    }
  }

  private void checkContent(int turn, int seen) {
    if (refusal == Refusal.NO_TEXT || (refusal == Refusal.TEXT && role != ASSISTANT)) {
      fault(
          Rule.INVALID_REFUSAL,
          turn,
          role == ASSISTANT
              ? "has a refusal that is not text"
              : "has a refusal and is not the assistant's");
    }
    if (role == FUNCTION && (seen & NAME_BIT) == 0) {
      fault(Rule.MESSAGE_MISSING_KEY, turn, "has the role function and no name");
    }
    if (role == TOOL && content.isList()) {
      fault(Rule.TOOL_CONTENT_NOT_STRING, turn, "has a content that is a list of parts");
    }
    if (role == ASSISTANT && (calls.calls() || refusal != Refusal.NONE)) {
      return;
    }
    if ((seen & CONTENT_BIT) == 0) {
      fault(Rule.MESSAGE_MISSING_KEY, turn, "has no content");
    } else if (content.isNull()) {
      fault(Rule.MISSING_CONTENT, turn, "has a content that is null");
    } else if (content.isEmpty() && role != TOOL && role != FUNCTION) {
      fault(Rule.MISSING_CONTENT, turn, "has an empty text");
    }
  }

  private void checkWeight(int turn) {
    if (weight == BAD_WEIGHT) {
      fault(Rule.INVALID_WEIGHT, turn, "has a weight that is neither 0 nor 1");
    } else if (weight != NO_WEIGHT && role != ASSISTANT) {
      fault(Rule.INVALID_WEIGHT, turn, "has a weight and is not the assistant's");
    }
    if (role == ASSISTANT) {
      answers++;
      weightlessAnswers += weight == 0 ? 1 : 0;
    }
  }

  /** The value of refusal. */
  private enum Refusal {
    NONE,
    TEXT,
    NO_TEXT
  }
}
