package dev.attune.format.check;

import static dev.attune.format.check.Rule.INVALID_TOOLS;
import static dev.attune.format.check.Rule.INVALID_TOOL_CALLS;
import static dev.attune.format.check.Rule.INVALID_WEIGHT;
import static dev.attune.format.check.Rule.LAST_MESSAGE_NOT_ASSISTANT;
import static dev.attune.format.check.Rule.MESSAGE_MISSING_KEY;
import static dev.attune.format.check.Rule.MESSAGE_NOT_OBJECT;
import static dev.attune.format.check.Rule.MESSAGE_UNRECOGNIZED_KEY;
import static dev.attune.format.check.Rule.MISSING_ASSISTANT_MESSAGE;
import static dev.attune.format.check.Rule.MISSING_CONTENT;
import static dev.attune.format.check.Rule.MISSING_MESSAGES_LIST;
import static dev.attune.format.check.Rule.NO_WEIGHTED_ANSWER;
import static dev.attune.format.check.Rule.SYSTEM_NOT_FIRST;
import static dev.attune.format.check.Rule.TOOL_MESSAGE_WITHOUT_CALL;
import static dev.attune.format.check.Rule.UNRECOGNIZED_ROLE;

/** The rules of OpenAI's lines about messages; {@link OpenAiContent} has those about contents. */
final class OpenAiLine extends LineRules {
  private static final Keys TOP = Keys.of("messages", "tools", "parallel_tool_calls", "functions");
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
  private static final int DEVELOPER = 5;
  private static final int NONE = -1;

  private static final int CONTENT_BIT = 1 << 1;
  private static final int TOOL_CALLS_BIT = 1 << 3;
  private static final int TOOL_CALL_ID_BIT = 1 << 4;
  private static final int FUNCTION_CALL_BIT = 1 << 6;

  private static final int NO_WEIGHT = -1;
  private static final int BAD_WEIGHT = -2;

  private static final int MOST_IMAGES = Limits.of("openai.mostImages");

  private final OpenAiContent content;
  private int lastRole;
  private int answers;
  private int weightlessAnswers;

  // Of the message that is being read.
  private int role;
  private int weight;
  private boolean toolCallsAreObjects;

  OpenAiLine(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
    content = new OpenAiContent(in, facts, findings);
  }

  @Override
  void check() throws MalformedLineException {
    newLine();
    int seen = 0;
    if (in.open('{')) {
      do {
        int key = in.key(TOP);
        seen = note(seen, key, "the line");
        switch (key) {
          case 0 -> messages();
          case 1, 3 -> tools(key == 1 ? "tools" : "functions");
          case 2 -> skipForeign();
          default -> {}
        }
      } while (in.more('}'));
    }
    in.finish();
    if ((seen & 1) == 0) {
      findings.add(MISSING_MESSAGES_LIST, "there is no messages");
    }
    atMost(MOST_IMAGES, facts.images, Rule.TOO_MANY_IMAGES, "images");
  }

  private void tools(String name) throws MalformedLineException {
    if (!skipObjects()) {
      findings.add(INVALID_TOOLS, name + " is not a list of objects");
    }
  }

  private void messages() throws MalformedLineException {
    if (in.peek() != '[') {
      findings.add(MISSING_MESSAGES_LIST, "messages is no list");
      in.skip();
      return;
    }
    lastRole = NONE;
    answers = 0;
    weightlessAnswers = 0;
    int turn = 0;
    if (in.open('[')) {
      do {
        message(turn++);
      } while (in.more(']'));
    }
    if (turn == 0) {
      findings.add(MISSING_MESSAGES_LIST, "messages is empty");
      return;
    }
    if (answers == 0) {
      findings.add(MISSING_ASSISTANT_MESSAGE, "no message is the assistant's");
    } else if (lastRole != ASSISTANT && lastRole != NONE) {
      findings.add(
          LAST_MESSAGE_NOT_ASSISTANT, turn(turn - 1) + " is the last and not the assistant's");
    } else if (weightlessAnswers == answers) {
      findings.add(NO_WEIGHTED_ANSWER, "every assistant message has the weight 0");
    }
    turnsEnd(lastRole == ASSISTANT);
  }

  private void message(int turn) throws MalformedLineException {
    lastRole = NONE;
    if (in.peek() != '{') {
      findings.add(MESSAGE_NOT_OBJECT, turn(turn) + " is no object");
      in.skip();
      return;
    }
    facts.newTurn();
    content.newTurn();
    role = NONE;
    weight = NO_WEIGHT;
    toolCallsAreObjects = true;
    int seen = 0;
    if (in.open('{')) {
      do {
        int key = in.key(MESSAGE);
        seen = note(seen, key, MESSAGE_UNRECOGNIZED_KEY, turn(turn));
        value(key, turn);
      } while (in.more('}'));
    }
    if ((seen & 1) == 0) {
      findings.add(MESSAGE_MISSING_KEY, turn(turn) + " has no role");
    }
    checkRole(turn);
    checkContent(turn, seen);
    checkWeight(turn);
    checkTools(turn, seen);
    lastRole = role;
    turnEnds(turn, content.blank());
  }

  private void value(int key, int turn) throws MalformedLineException {
    switch (key) {
      case 0 -> role(turn);
      case 1 -> content.content(turn);
      case 2 -> weight();
      case 3 -> toolCallsAreObjects = skipObjects();
      case 4, 5, 6, 7 -> skipForeign();
      default -> {}
    }
  }

  private void role(int turn) throws MalformedLineException {
    role = NONE;
    if (in.peek() == '"') {
      in.string();
      role = ROLES.find(in);
    } else {
      in.skip();
    }
    if (role == NONE) {
      findings.add(
          UNRECOGNIZED_ROLE,
          turn(turn) + " has a role that is none of system, user, assistant, tool");
    }
  }

  private void weight() throws MalformedLineException {
    facts.foreign = true;
    byte digit = in.peek();
    int before = in.offset();
    in.skip();
    boolean bit = in.offset() - before == 1 && (digit == '0' || digit == '1');
    weight = bit ? digit - '0' : BAD_WEIGHT;
  }

  private void checkRole(int turn) {
    if (role == SYSTEM || role == DEVELOPER) {
      facts.system = true;
      if (turn > 0) {
        facts.foreign = true;
        findings.add(SYSTEM_NOT_FIRST, turn(turn) + " is a system message");
      }
    }
    facts.foreign |= role > SYSTEM;
    if (role != USER && content.hasImages()) {
      findings.add(Rule.IMAGE_NOT_OF_USER, turn(turn) + " has an image and is not the user's");
    }
  }

  private void checkContent(int turn, int seen) {
    boolean calls = (seen & (TOOL_CALLS_BIT | FUNCTION_CALL_BIT)) != 0;
    if (role == ASSISTANT && calls) {
      return;
    }
    if ((seen & CONTENT_BIT) == 0) {
      findings.add(MESSAGE_MISSING_KEY, turn(turn) + " has no content");
    } else if (content.isNull()) {
      findings.add(MISSING_CONTENT, turn(turn) + " has a content that is null");
    }
  }

  private void checkWeight(int turn) {
    if (weight == BAD_WEIGHT) {
      findings.add(INVALID_WEIGHT, turn(turn) + " has a weight that is neither 0 nor 1");
    } else if (weight != NO_WEIGHT && role != ASSISTANT) {
      findings.add(INVALID_WEIGHT, turn(turn) + " has a weight and is not the assistant's");
    }
    if (role == ASSISTANT) {
      answers++;
      weightlessAnswers += weight == 0 ? 1 : 0;
    }
  }

  private void checkTools(int turn, int seen) {
    if (role == TOOL && (seen & TOOL_CALL_ID_BIT) == 0) {
      findings.add(TOOL_MESSAGE_WITHOUT_CALL, turn(turn) + " has no tool_call_id");
    }
    if ((seen & TOOL_CALLS_BIT) == 0) {
      return;
    }
    facts.functionCall = true;
    if (!toolCallsAreObjects) {
      findings.add(INVALID_TOOL_CALLS, turn(turn) + " has tool_calls that are no list of objects");
    } else if (role != ASSISTANT) {
      findings.add(INVALID_TOOL_CALLS, turn(turn) + " has tool_calls and is not the assistant's");
    }
  }
}
