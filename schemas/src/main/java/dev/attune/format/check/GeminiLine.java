package dev.attune.format.check;

import static dev.attune.format.check.Rule.CONSECUTIVE_TURNS;
import static dev.attune.format.check.Rule.CONTENT_ITEM_MISSING_KEY;
import static dev.attune.format.check.Rule.CONTENT_ITEM_NOT_OBJECT;
import static dev.attune.format.check.Rule.FIRST_TURN_NOT_USER;
import static dev.attune.format.check.Rule.INVALID_GENERATION_CONFIG;
import static dev.attune.format.check.Rule.INVALID_SYSTEM_INSTRUCTION;
import static dev.attune.format.check.Rule.INVALID_TOOLS;
import static dev.attune.format.check.Rule.LAST_TURN_NOT_MODEL;
import static dev.attune.format.check.Rule.MISSING_CONTENTS_LIST;
import static dev.attune.format.check.Rule.MISSING_OR_INVALID_PARTS;
import static dev.attune.format.check.Rule.SYSTEM_ROLE_IN_CONTENTS;
import static dev.attune.format.check.Rule.UNKNOWN_MEDIA_RESOLUTION;
import static dev.attune.format.check.Rule.UNRECOGNIZED_ROLE;

import java.util.Set;

/**
 * The rules of Gemini's lines about system instruction and turns; {@link GeminiParts} has those
 * about parts. Keys in snake case are taken, as in Google's samples.
 */
final class GeminiLine extends LineRules {
  private static final Keys TOP =
      Keys.of(
          "contents",
          "systemInstruction",
          "tools",
          "generationConfig",
          "system_instruction",
          "generation_config");
  private static final Keys CONTENT = Keys.of("role", "parts");
  private static final Keys ROLES = Keys.of("user", "model", "system");
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
  private static final int NONE = -1;

  private static final int ROLE_BIT = 1;
  private static final int PARTS_BIT = 2;

  private final GeminiParts parts;
  private int lastRole;

  GeminiLine(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
    parts = new GeminiParts(in, facts, findings);
  }

  @Override
  void check() throws MalformedLineException {
    newLine();
    int seen = 0;
    if (in.open('{')) {
      do {
        int key = in.key(TOP);
        if (key > 3) {
          facts.foreign = true;
          key = key == 4 ? 1 : 3;
        }
        seen = note(seen, key, "the line");
        switch (key) {
          case 0 -> contents();
          case 1 -> systemInstruction();
          case 2 -> tools();
          case 3 -> generationConfig();
          default -> {}
        }
      } while (in.more('}'));
    }
    in.finish();
    if ((seen & 1) == 0) {
      findings.add(MISSING_CONTENTS_LIST, "there is no contents");
    }
    parts.checkCounts();
  }

  private void tools() throws MalformedLineException {
    if (!skipObjects()) {
      findings.add(INVALID_TOOLS, "tools is not a list of objects");
    }
  }

  private void contents() throws MalformedLineException {
    if (in.peek() != '[') {
      findings.add(MISSING_CONTENTS_LIST, "contents is no list");
      in.skip();
      return;
    }
    lastRole = NONE;
    int turn = 0;
    if (in.open('[')) {
      do {
        content(turn++);
      } while (in.more(']'));
    }
    if (turn == 0) {
      findings.add(MISSING_CONTENTS_LIST, "contents is empty");
    } else if (lastRole == USER) {
      findings.add(LAST_TURN_NOT_MODEL, turn(turn - 1) + " is the last and not the model's");
    }
    turnsEnd(lastRole == MODEL);
  }

  private void content(int turn) throws MalformedLineException {
    if (in.peek() != '{') {
      findings.add(CONTENT_ITEM_NOT_OBJECT, turn(turn) + " is no object");
      in.skip();
      lastRole = NONE;
      return;
    }
    facts.newTurn();
    parts.newTurn();
    int role = NONE;
    int seen = 0;
    if (in.open('{')) {
      do {
        int key = in.key(CONTENT);
        seen = note(seen, key, turn(turn));
        if (key == 0) {
          role = role(turn);
        } else if (key == 1) {
          parts(turn);
        }
      } while (in.more('}'));
    }
    if ((seen & ROLE_BIT) == 0) {
      facts.foreign = true;
      if (parts.functionResponse()) {
        role = USER;
      } else {
        findings.add(CONTENT_ITEM_MISSING_KEY, turn(turn) + " has no role");
      }
    }
    if ((seen & PARTS_BIT) == 0) {
      findings.add(CONTENT_ITEM_MISSING_KEY, turn(turn) + " has no parts");
    }
    order(turn, role);
    facts.foreign |= !parts.hasText();
    turnEnds(turn, parts.blank());
  }

  private int role(int turn) throws MalformedLineException {
    int role = NONE;
    if (in.peek() == '"') {
      in.string();
      role = ROLES.find(in);
    } else {
      in.skip();
    }
    if (role == SYSTEM) {
      findings.add(SYSTEM_ROLE_IN_CONTENTS, turn(turn) + " has the role system");
      return NONE;
    }
    if (role == NONE) {
      findings.add(UNRECOGNIZED_ROLE, turn(turn) + " has a role that is neither user nor model");
    }
    return role;
  }

  private void order(int turn, int role) {
    if (turn == 0 && role == MODEL) {
      findings.add(FIRST_TURN_NOT_USER, "turn 1 is the model's");
    } else if (turn > 0 && role != NONE && role == lastRole) {
      findings.add(
          CONSECUTIVE_TURNS,
          turn(turn - 1)
              + " and "
              + turn(turn)
              + (role == USER ? " are both the user's" : " are both the model's"));
    }
    lastRole = role;
  }

  private void parts(int turn) throws MalformedLineException {
    if (in.peek() != '[') {
      findings.add(MISSING_OR_INVALID_PARTS, turn(turn) + " has parts that are no list");
      in.skip();
    } else if (in.open('[')) {
      do {
        parts.part(turn);
      } while (in.more(']'));
    } else {
      findings.add(MISSING_OR_INVALID_PARTS, turn(turn) + " has an empty list of parts");
    }
  }

  private void systemInstruction() throws MalformedLineException {
    facts.system = true;
    if (in.peek() != '{') {
      findings.add(INVALID_SYSTEM_INSTRUCTION, "systemInstruction is no object");
      in.skip();
      return;
    }
    int seen = 0;
    if (in.open('{')) {
      do {
        int key = in.key(CONTENT);
        seen = note(seen, key, "systemInstruction");
        if (key == 0) {
          systemRole();
        } else if (key == 1) {
          systemParts();
        }
      } while (in.more('}'));
    }
    facts.foreign |= (seen & ROLE_BIT) == 0;
    if ((seen & PARTS_BIT) == 0) {
      findings.add(INVALID_SYSTEM_INSTRUCTION, "systemInstruction has no parts");
    }
  }

  /** The provider ignores it. */
  private void systemRole() throws MalformedLineException {
    boolean text = in.peek() == '"';
    in.skip();
    facts.foreign |= !text || ROLES.find(in) != SYSTEM;
  }

  private void systemParts() throws MalformedLineException {
    if (in.peek() != '[') {
      findings.add(INVALID_SYSTEM_INSTRUCTION, "systemInstruction has parts that are no list");
      in.skip();
      return;
    }
    int count = 0;
    if (in.open('[')) {
      do {
        parts.systemPart();
        count++;
      } while (in.more(']'));
    }
    if (count == 0) {
      findings.add(INVALID_SYSTEM_INSTRUCTION, "systemInstruction has an empty list of parts");
    }
    facts.foreign |= count > 1;
  }

  private void generationConfig() throws MalformedLineException {
    facts.foreign = true;
    if (in.peek() != '{') {
      findings.add(INVALID_GENERATION_CONFIG, "generationConfig is no object");
      in.skip();
    } else if (in.open('{')) {
      do {
        if (in.key(CONFIG) == Keys.UNKNOWN) {
          in.skip();
        } else {
          mediaResolution();
        }
      } while (in.more('}'));
    }
  }

  private void mediaResolution() throws MalformedLineException {
    if (in.peek() != '"') {
      findings.add(INVALID_GENERATION_CONFIG, "mediaResolution is no string");
      in.skip();
      return;
    }
    in.string();
    facts.mediaResolution = in.text();
    if (!RESOLUTIONS.contains(facts.mediaResolution)) {
      findings.add(UNKNOWN_MEDIA_RESOLUTION, "mediaResolution is none of the known ones");
    }
  }
}
