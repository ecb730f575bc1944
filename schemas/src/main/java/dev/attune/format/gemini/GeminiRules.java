package dev.attune.format.gemini;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;
import dev.attune.format.rule.ToolNames;
import java.util.Set;

/**
 * Rules about the system instruction and the turns of Gemini's lines; {@link GeminiPartRules} has
 * those about parts. Keys in snake case are accepted and reported.
 */
public final class GeminiRules extends LineRules {
  private static final Keys TOP =
      Keys.of(
          "contents",
          "systemInstruction",
          "tools",
          "generationConfig",
          "toolConfig",
          "system_instruction",
          "generation_config",
          "tool_config");
  private static final int LAST_CAMEL = 4;
  private static final int[] CAMEL_OF_SNAKE = {1, 3, 4};
  private static final Keys CONTENT = Keys.of("role", "parts");
  private static final Keys ROLES = Keys.of("user", "model", "system", "function");
  private static final Keys CONFIG = Keys.of("mediaResolution", "media_resolution");
  private static final Set<String> RESOLUTIONS =
      Set.of(
          "MEDIA_RESOLUTION_UNSPECIFIED",
          "MEDIA_RESOLUTION_LOW",
          "MEDIA_RESOLUTION_MEDIUM",
          "MEDIA_RESOLUTION_HIGH",
          "MEDIA_RESOLUTION_ULTRA_HIGH");

  private static final int USER = 0;
  private static final int MODEL = 1;
  private static final int SYSTEM = 2;
  private static final int FUNCTION = 3;
  private static final int NONE = -1;

  private static final String USER_OR_MODEL = "use user or model";

  private static final int ROLE_BIT = 1;
  private static final int PARTS_BIT = 2;

  private final ToolNames names = new ToolNames();
  private final GeminiToolRules tools;
  private final GeminiToolConfigRules toolConfig;
  private final GeminiCallRules functions;
  private final GeminiPartRules parts;
  private int lastRole;

  public GeminiRules(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
    tools = new GeminiToolRules(in, facts, findings, names);
    toolConfig = new GeminiToolConfigRules(in, facts, findings, names);
    functions = new GeminiCallRules(in, facts, findings, names);
    parts = new GeminiPartRules(in, facts, findings, functions);
  }

  /** Reads the line, an object, to its end. */
  public void check() throws MalformedLineException {
    newLine();
    names.newLine();
    int seen = 0;
    for (int key = in.firstKey(TOP); key != Keys.END; key = in.nextKey(TOP)) {
      if (key > LAST_CAMEL) {
        facts.foreign = true;
        noteKey(Rule.SNAKE_CASE_KEY, "the line");
        key = CAMEL_OF_SNAKE[key - LAST_CAMEL - 1];
      }
      seen = note(seen, key, "the line", NO_TURN);
      switch (key) {
        case 0 -> contents();
        case 1 -> systemInstruction();
        case 2 -> tools.tools();
        case 3 -> generationConfig();
        case 4 -> toolConfig.toolConfig();
        default -> {}
      }
    }
    in.finish();
    if ((seen & 1) == 0) {
      findings.add(Rule.MISSING_CONTENTS_LIST, "there is no key contents");
    }
    names.finish(Rule.UNDECLARED_FUNCTION, findings);
    parts.checkCounts();
  }

  private void contents() throws MalformedLineException {
    if (!begins('[', Rule.MISSING_CONTENTS_LIST, NO_TURN, "contents is not a list")) {
      return;
    }
    lastRole = NONE;
    functions.newTurns();
    int turn = 0;
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      content(turn++);
    }
    if (turn == 0) {
      findings.add(Rule.MISSING_CONTENTS_LIST, "contents is empty");
    } else if (lastRole == USER) {
      fault(Rule.LAST_TURN_NOT_MODEL, turn - 1, "is the last and not the model's");
    }
    turnsEnd(lastRole == MODEL);
  }

  private void content(int turn) throws MalformedLineException {
    if (!begins('{', Rule.CONTENT_ITEM_NOT_OBJECT, turn, "is not an object")) {
      lastRole = NONE;
      return;
    }
    facts.newTurn();
    parts.newTurn();
    int role = NONE;
    int seen = 0;
    for (int key = in.firstKey(CONTENT); key != Keys.END; key = in.nextKey(CONTENT)) {
      seen = note(seen, key, "a turn", turn);
      if (key == 0) {
        role = role(turn);
      } else if (key == 1) {
        parts(turn);
      }
    }
    if ((seen & ROLE_BIT) == 0) {
      facts.foreign = true;
      if (functions.answers()) {
        role = USER;
      } else {
        fault(Rule.CONTENT_ITEM_MISSING_KEY, turn, "has no role");
      }
    }
    if ((seen & PARTS_BIT) == 0) {
      fault(Rule.CONTENT_ITEM_MISSING_KEY, turn, "has no parts");
    }
    if (role == FUNCTION) {
      role = functionRole(turn);
    }
    if (role == MODEL && parts.hasFiles()) {
      fault(Rule.FILE_OF_MODEL, turn, "is the model's and has fileData");
    }
    order(turn, role);
    functions.checkTurn(turn, role == MODEL);
    facts.foreign |= !parts.hasText();
    turnEnds(turn, parts.blank());
  }

  private int role(int turn) throws MalformedLineException {
    int role = word(ROLES);
    if (role == SYSTEM) {
      fault(Rule.SYSTEM_ROLE_IN_CONTENTS, turn, "has the role system");
      return NONE;
    }
    if (role == NONE) {
      fault(
          Rule.UNRECOGNIZED_ROLE, turn, "has a role that is neither user nor model", USER_OR_MODEL);
    }
    return role;
  }

  /** Returns the role for the role function: the user's if the turn answers calls. */
  private int functionRole(int turn) {
    facts.foreign = true;
    if (functions.answers()) {
      return USER;
    }
    fault(
        Rule.UNRECOGNIZED_ROLE,
        turn,
        "has the role function and no functionResponse",
        USER_OR_MODEL);
    return NONE;
  }

  private void order(int turn, int role) {
    if (turn == 0 && role == MODEL) {
      findings.add(Rule.FIRST_TURN_NOT_USER, "turn 1 is the model's");
    } else if (turn > 0 && role != NONE && role == lastRole) {
      fault(
          Rule.CONSECUTIVE_TURNS,
          turn - 1,
          "and " + turn(turn) + (role == USER ? " are both the user's" : " are both the model's"));
    }
    lastRole = role;
  }

  private void parts(int turn) throws MalformedLineException {
    boolean list = in.peek() == '[';
    int count = 0;
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      parts.part(turn);
      count++;
    }
    if (!list) {
      fault(Rule.MISSING_OR_INVALID_PARTS, turn, "has parts that are not a list");
    } else if (count == 0) {
      fault(Rule.MISSING_OR_INVALID_PARTS, turn, "has an empty list of parts");
    }
  }

  private void systemInstruction() throws MalformedLineException {
    facts.system = true;
    String fault = "systemInstruction is not an object";
    if (!begins('{', Rule.INVALID_SYSTEM_INSTRUCTION, NO_TURN, fault)) {
      return;
    }
    int seen = 0;
    for (int key = in.firstKey(CONTENT); key != Keys.END; key = in.nextKey(CONTENT)) {
      seen = note(seen, key, "systemInstruction", NO_TURN);
      if (key == 0) {
        systemRole();
      } else if (key == 1) {
        systemParts();
      }
    }
    facts.foreign |= (seen & ROLE_BIT) == 0;
    if ((seen & PARTS_BIT) == 0) {
      findings.add(Rule.INVALID_SYSTEM_INSTRUCTION, "systemInstruction has no parts");
    }
  }

  /** Reads the role of the system instruction, which the provider ignores. */
  private void systemRole() throws MalformedLineException {
    facts.foreign |= word(ROLES) != SYSTEM;
  }

  private void systemParts() throws MalformedLineException {
    String fault = "systemInstruction has parts that are not a list";
    if (!begins('[', Rule.INVALID_SYSTEM_INSTRUCTION, NO_TURN, fault)) {
      return;
    }
    int count = 0;
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      parts.systemPart();
      count++;
    }
    if (count == 0) {
      findings.add(Rule.INVALID_SYSTEM_INSTRUCTION, "systemInstruction has an empty list of parts");
    }
    facts.foreign |= count > 1;
  }

  private void generationConfig() throws MalformedLineException {
    facts.foreign = true;
    if (in.peek() != '{') {
      findings.add(Rule.INVALID_GENERATION_CONFIG, "generationConfig is not an object");
    }
    for (int key = in.firstKey(CONFIG); key != Keys.END; key = in.nextKey(CONFIG)) {
      if (key == Keys.UNKNOWN) {
        in.skip();
      } else {
        if (key == 1) {
          noteKey(Rule.SNAKE_CASE_KEY, "generationConfig");
        }
        mediaResolution();
      }
    }
  }

  private void mediaResolution() throws MalformedLineException {
    String fault = "mediaResolution is not a string";
    if (!begins('"', Rule.INVALID_GENERATION_CONFIG, NO_TURN, fault)) {
      return;
    }
    in.string();
    facts.mediaResolution = in.text();
    if (!RESOLUTIONS.contains(facts.mediaResolution)) {
      findings.add(Rule.UNKNOWN_MEDIA_RESOLUTION, "mediaResolution is not a known value");
    }
  }
}
