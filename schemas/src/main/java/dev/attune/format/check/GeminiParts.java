package dev.attune.format.check;

import dev.attune.format.MediaTypes;
import dev.attune.format.MediaUri;
import dev.attune.format.gemini.GeminiFormat;
import java.util.Map;

/** The rules of Gemini's lines about parts: texts, files and function calls. */
final class GeminiParts extends LineRules {
  private static final Keys PART =
      Keys.of(
          "text",
          "fileData",
          "functionCall",
          "functionResponse",
          "inlineData",
          "videoMetadata",
          "mediaResolution",
          "file_data",
          "function_call",
          "function_response",
          "inline_data",
          "video_metadata",
          "media_resolution");
  private static final int LAST_CAMEL = 6;
  private static final int SNAKE = 6;

  /** The keys that make a part what it is: text to inlineData. */
  private static final int KINDS = 0b11111;

  private static final Keys FILE_DATA =
      Keys.of("mimeType", "fileUri", "displayName", "mime_type", "file_uri", "display_name");
  private static final Keys NAME = Keys.of("name");
  private static final Map<String, String> MEDIA_TYPES = MediaTypes.beside(GeminiFormat.class);

  private static final int MOST_IMAGES = Limits.of("gemini.mostImages");
  private static final int MOST_DOCUMENTS = Limits.of("gemini.mostDocuments");
  private static final int MOST_AUDIO_FILES = Limits.of("gemini.mostAudioFiles");
  private static final int MOST_VIDEOS = Limits.of("gemini.mostVideos");

  private int partsOfTurn;
  private int textsOfTurn;
  private boolean allBlank;
  private boolean functionResponse;

  GeminiParts(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
  }

  @Override
  void check() {
    checkCounts();
  }

  /** To be called before the parts of a turn. */
  void newTurn() {
    partsOfTurn = 0;
    textsOfTurn = 0;
    allBlank = true;
    functionResponse = false;
  }

  /** Whether the turn has parts, and all of them are texts of white space. */
  boolean blank() {
    return partsOfTurn > 0 && allBlank;
  }

  /** Whether the turn has a part that is a text. */
  boolean hasText() {
    return textsOfTurn > 0;
  }

  /** Whether the turn answers a function call; such turns need no role. */
  boolean functionResponse() {
    return functionResponse;
  }

  /** To be called behind the line. */
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
    // A text stands last in what Attune writes.
    facts.foreign |= textsOfTurn > 0;
    partsOfTurn++;
    if (in.peek() != '{') {
      findings.add(Rule.MISSING_OR_INVALID_PARTS, turn(turn) + " has a part that is no object");
      allBlank = false;
      in.skip();
      return;
    }
    int seen = 0;
    if (in.open('{')) {
      do {
        int key = camel(in.key(PART));
        seen = note(seen, key, "a part of " + turn(turn));
        value(key, turn);
      } while (in.more('}'));
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
    return key - SNAKE;
  }

  private void value(int key, int turn) throws MalformedLineException {
    switch (key) {
      case 0 -> text(turn);
      case 1 -> {
        allBlank = false;
        fileData(turn);
      }
      case 2, 3 -> {
        allBlank = false;
        functionResponse |= key == 3;
        facts.functionCall = true;
        function(turn, key == 2 ? "functionCall" : "functionResponse");
      }
      case 4 -> {
        allBlank = false;
        facts.foreign = true;
        findings.add(Rule.INLINE_DATA, turn(turn) + " has inlineData");
        in.skip();
      }
      case 5, 6 -> {
        facts.foreign = true;
        in.skip();
      }
      default -> {}
    }
  }

  private void text(int turn) throws MalformedLineException {
    textsOfTurn++;
    if (in.peek() != '"') {
      findings.add(Rule.MISSING_TEXT, turn(turn) + " has a text that is no string");
      allBlank = false;
      in.skip();
      return;
    }
    in.string();
    if (in.empty()) {
      findings.add(Rule.MISSING_TEXT, turn(turn) + " has an empty text");
      allBlank = false;
      return;
    }
    allBlank &= in.blank();
    facts.turnText(in);
  }

  /** Reads a part of the system instruction. */
  void systemPart() throws MalformedLineException {
    if (in.peek() != '{') {
      findings.add(
          Rule.INVALID_SYSTEM_INSTRUCTION, "systemInstruction has a part that is no object");
      in.skip();
      return;
    }
    int seen = 0;
    if (in.open('{')) {
      do {
        int key = camel(in.key(PART));
        seen = note(seen, key, "a part of systemInstruction");
        if (key == 0) {
          systemText();
        } else if (key > 0) {
          skipForeign();
        }
      } while (in.more('}'));
    }
    if (seen != 1) {
      findings.add(
          Rule.SYSTEM_INSTRUCTION_NOT_TEXT, "a part of systemInstruction is not text alone");
    }
  }

  private void systemText() throws MalformedLineException {
    if (in.peek() != '"') {
      findings.add(Rule.MISSING_TEXT, "systemInstruction has a text that is no string");
      in.skip();
      return;
    }
    in.string();
    if (in.empty()) {
      findings.add(Rule.MISSING_TEXT, "systemInstruction has an empty text");
    } else if (in.blank()) {
      findings.add(Rule.BLANK_TEXT, "systemInstruction holds white space only");
    }
    facts.tokenBytes += in.decodedBytes();
  }

  private void function(int turn, String kind) throws MalformedLineException {
    boolean named = false;
    if (in.peek() == '{') {
      int before = in.offset();
      if (in.open('{')) {
        do {
          boolean name = in.key(NAME) == 0 && in.peek() == '"';
          in.skip();
          named |= name && !in.blank();
        } while (in.more('}'));
      }
      facts.tokenBytes += in.offset() - before;
      facts.foreign = true;
    } else {
      skipForeign();
    }
    if (!named) {
      findings.add(Rule.INVALID_FUNCTION_CALL, turn(turn) + " has a " + kind + " without a name");
    }
  }

  private void fileData(int turn) throws MalformedLineException {
    String type = "";
    String uri = "";
    int seen = 0;
    if (in.peek() != '{') {
      in.skip();
    } else if (in.open('{')) {
      do {
        int key = in.key(FILE_DATA);
        if (key > 2) {
          facts.foreign = true;
          key -= 3;
        }
        seen = note(seen, key, "fileData of " + turn(turn));
        facts.foreign |= key == 2;
        if (key >= 0) {
          String value = string();
          type = key == 0 ? value : type;
          uri = key == 1 ? value : uri;
        }
      } while (in.more('}'));
    }
    if (type.isEmpty() || uri.isEmpty()) {
      findings.add(
          Rule.INVALID_FILE_DATA,
          turn(turn) + " has fileData without " + (type.isEmpty() ? "mimeType" : "fileUri"));
      return;
    }
    file(turn, type, uri);
  }

  /** The value that stands here; empty where it is no string. */
  private String string() throws MalformedLineException {
    boolean text = in.peek() == '"';
    in.skip();
    return text ? in.text() : "";
  }

  private void file(int turn, String type, String uri) {
    if (!uri.startsWith("gs://") && !uri.startsWith("https://") && !uri.startsWith("http://")) {
      findings.add(
          Rule.FILE_URI_SCHEME, turn(turn) + " has a fileUri that is not gs:// or http(s)://");
    }
    MediaUri parsed = MediaUri.parse(uri);
    String expected = parsed == null ? null : MEDIA_TYPES.get(parsed.ending());
    facts.foreign |= !type.equals(expected);
    if (type.startsWith("image/")) {
      facts.images++;
    } else if (type.equals("application/pdf")) {
      facts.documents++;
    } else if (type.startsWith("audio/")) {
      facts.audioFiles++;
    } else if (type.startsWith("video/")) {
      facts.videos++;
    } else {
      findings.add(
          Rule.UNSUPPORTED_MEDIA_TYPE,
          turn(turn) + " has a mimeType that is no image, PDF, audio or video");
      return;
    }
    if (expected != null && !type.equals(expected)) {
      findings.add(
          Rule.MEDIA_TYPE_MISMATCH, turn(turn) + " has a mimeType that is not " + expected);
    }
  }
}
