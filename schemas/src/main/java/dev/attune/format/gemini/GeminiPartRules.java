package dev.attune.format.gemini;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.Limits;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;

/** Rules about parts in Gemini's lines: texts, files and function calls. */
final class GeminiPartRules extends LineRules {
  private static final Keys PART =
      Keys.of(
          "text",
          "fileData",
          "functionCall",
          "functionResponse",
          "inlineData",
          "videoMetadata",
          "mediaResolution",
          "thought",
          "thoughtSignature",
          "file_data",
          "function_call",
          "function_response",
          "inline_data",
          "video_metadata",
          "media_resolution",
          "thought_signature");
  private static final int LAST_CAMEL = 8;
  private static final int[] CAMEL_OF_SNAKE = {1, 2, 3, 4, 5, 6, 8};

  /** The keys that make a part what it is: text to inlineData. */
  private static final int KINDS = 0b11111;

  /** The first and the last kind of a part besides text. */
  private static final int FILE = 1;

  private static final int INLINE = 4;
  private static final int MOST_IMAGES = Limits.of("gemini.mostImages");
  private static final int MOST_DOCUMENTS = Limits.of("gemini.mostDocuments");
  private static final int MOST_AUDIO_FILES = Limits.of("gemini.mostAudioFiles");
  private static final int MOST_VIDEOS = Limits.of("gemini.mostVideos");

  private int partsOfTurn;
  private int textsOfTurn;
  private int filesOfTurn;
  private boolean allBlank;

  private final GeminiCallRules functions;
  private final GeminiFileRules files;

  GeminiPartRules(
      JsonCursor in, LineFacts facts, LineFindings findings, GeminiCallRules functions) {
    super(in, facts, findings);
    this.functions = functions;
    this.files = new GeminiFileRules(in, facts, findings);
  }

  /** Begins a turn. */
  void newTurn() {
    partsOfTurn = 0;
    textsOfTurn = 0;
    filesOfTurn = 0;
    allBlank = true;
  }

  /** Returns whether the turn has parts and all are blank texts. */
  boolean blank() {
    return partsOfTurn > 0 && allBlank;
  }

  /** Returns whether the turn has a text. */
  boolean hasText() {
    return textsOfTurn > 0;
  }

  /** Returns whether the turn has files. */
  boolean hasFiles() {
    return filesOfTurn > 0;
  }

  /** Checks the number of files at the end of a line. */
  void checkCounts() {
    if (facts.hasMedia()) {
      atMost(MOST_IMAGES, facts.images, Rule.TOO_MANY_IMAGES, "images");
      atMost(MOST_DOCUMENTS, facts.documents, Rule.TOO_MANY_DOCUMENTS, "PDF files");
      atMost(MOST_AUDIO_FILES, facts.audioFiles, Rule.TOO_MANY_AUDIO_FILES, "audio files");
      atMost(MOST_VIDEOS, facts.videos, Rule.TOO_MANY_VIDEOS, "videos");
    }
  }

  /** Reads a part of a turn. */
  void part(int turn) throws MalformedLineException {
    // Attune writes the text last.
    facts.foreign |= textsOfTurn > 0;
    partsOfTurn++;
    if (!begins('{', Rule.MISSING_OR_INVALID_PARTS, turn, "has a part that is not an object")) {
      allBlank = false;
      return;
    }
    int seen = 0;
    for (int name = in.firstKey(PART); name != Keys.END; name = in.nextKey(PART)) {
      int key = camel(name);
      seen = note(seen, key, "a part", turn);
      value(key, turn);
    }
    int kinds = Integer.bitCount(seen & KINDS);
    if (kinds != 1) {
      findings.add(
          Rule.PART_NOT_OF_ONE_KIND,
          "a part of " + turn(turn) + (kinds == 0 ? " is of no kind" : " is of several kinds"));
      allBlank = false;
    }
  }

  private int camel(int key) {
    if (key <= LAST_CAMEL) {
      return key;
    }
    facts.foreign = true;
    noteKey(Rule.SNAKE_CASE_KEY, "a part");
    return CAMEL_OF_SNAKE[key - LAST_CAMEL - 1];
  }

  private void value(int key, int turn) throws MalformedLineException {
    allBlank &= key < FILE || key > INLINE;
    switch (key) {
      case 0 -> text(turn);
      case 1 -> {
        filesOfTurn++;
        files.fileData(turn);
      }
      case 2 -> functions.call(turn);
      case 3 -> functions.response(turn);
      case 4 -> {
        facts.foreign = true;
        fault(Rule.INLINE_DATA, turn, "has inlineData");
        in.skip();
      }
      case 5, 6 -> {
        facts.foreign = true;
        in.skip();
      }
      case 7, 8 -> thought(turn, key == 7);
      default -> {}
    }
  }

  private void thought(int turn, boolean flag) throws MalformedLineException {
    facts.foreign = true;
    boolean no = flag && in.peek() == 'f';
    in.skip();
    if (!no) {
      fault(Rule.THOUGHT_PART, turn, flag ? "has a thought" : "has a thoughtSignature");
    }
  }

  private void text(int turn) throws MalformedLineException {
    textsOfTurn++;
    if (!begins('"', Rule.MISSING_TEXT, turn, "has a text that is not a string")) {
      allBlank = false;
      return;
    }
    in.string();
    if (in.empty()) {
      fault(Rule.MISSING_TEXT, turn, "has an empty text");
      allBlank = false;
      return;
    }
    allBlank &= in.blank();
    facts.turnText(in);
  }

  /** Reads a part of the system instruction. */
  void systemPart() throws MalformedLineException {
    String fault = "systemInstruction has a part that is not an object";
    if (!begins('{', Rule.INVALID_SYSTEM_INSTRUCTION, NO_TURN, fault)) {
      return;
    }
    int seen = 0;
    for (int name = in.firstKey(PART); name != Keys.END; name = in.nextKey(PART)) {
      int key = camel(name);
      seen = note(seen, key, "a part of systemInstruction", NO_TURN);
      if (key == 0) {
        systemText();
      } else if (key > 0) {
        skipForeign();
      }
    }
    if (seen != 1) {
      findings.add(
          Rule.SYSTEM_INSTRUCTION_NOT_TEXT, "a part of systemInstruction is not text alone");
    }
  }

  private void systemText() throws MalformedLineException {
    String fault = "systemInstruction has a text that is not a string";
    if (!begins('"', Rule.MISSING_TEXT, NO_TURN, fault)) {
      return;
    }
    in.string();
    if (in.empty()) {
      findings.add(Rule.MISSING_TEXT, "systemInstruction has an empty text");
    } else if (in.blank()) {
      findings.add(Rule.BLANK_TEXT, "systemInstruction is white space only");
    }
    facts.tokenUnits += in.tokenUnits();
  }
}
