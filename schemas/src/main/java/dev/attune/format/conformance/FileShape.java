package dev.attune.format.conformance;

import dev.attune.config.OutputFormat;
import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.Rule;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The finding about a file that is not JSONL of the expected format at all, instead of one for each
 * line.
 *
 * @param rule that is broken
 * @param cause what the file is
 * @param fix empty for the rule's fix
 */
record FileShape(Rule rule, String cause, String fix) {
  /** The number of lines that must agree. */
  private static final int LINES = 100;

  private static final Keys KEYS =
      Keys.of(
          "contents",
          "messages",
          "conversations",
          "instruction",
          "output",
          "prompt",
          "completion",
          "input_text",
          "output_text",
          "preferred_output",
          "non_preferred_output",
          "chosen",
          "rejected",
          "response",
          "role",
          "content",
          "parts");

  /** Marks an object in a list. */
  private static final int LISTED = 1 << 30;

  private static final int CONTENTS = bits("contents");
  private static final int MESSAGES = bits("messages");
  private static final int MESSAGE = LISTED | bits("role", "content");
  private static final int TURN = LISTED | bits("role", "parts");

  FileShape(Rule rule, String cause) {
    this(rule, cause, "");
  }

  /**
   * Examines the beginning of a file.
   *
   * @param head the first bytes
   * @param whole whether these are all bytes
   * @return empty if it looks like JSONL of the format or is unknown
   */
  static Optional<FileShape> of(byte[] head, boolean whole, OutputFormat format) {
    byte[] text = Arrays.copyOf(head, head.length + 1 + JsonCursor.SLACK);
    text[head.length] = '\n';
    FileShape other = OtherFile.of(text, head.length, whole);
    if (other != null) {
      return Optional.of(other);
    }
    int first = firstByte(text, head.length);
    if (first == head.length) {
      return Optional.empty();
    }
    if (text[first] == '[' || text[first] == '{') {
      FileShape spread = spread(text, first, head.length, whole);
      if (spread != null) {
        return Optional.of(spread);
      }
    }
    return Optional.ofNullable(ofLines(text, first, head.length, whole, format));
  }

  private static int firstByte(byte[] text, int end) {
    int at = end >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB ? 3 : 0;
    while (at < end && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Returns the shape of an array or of objects over several lines, or null. */
  private static @Nullable FileShape spread(byte[] text, int first, int end, boolean whole) {
    int lineEnd = first;
    while (text[lineEnd] != '\n') {
      lineEnd++;
    }
    boolean array = text[first] == '[';
    boolean oneLine = firstByteFrom(text, lineEnd, end) == end && whole;
    JsonCursor cursor = new JsonCursor();
    cursor.reset(text, first, lineEnd);
    if (isComplete(cursor)) {
      return array && oneLine && text[first + 1] != ']' ? array() : null;
    }
    cursor.resetText(Arrays.copyOfRange(text, first, end));
    boolean goesOn;
    try {
      cursor.skip();
      goesOn = first + cursor.offset() > lineEnd;
    } catch (MalformedLineException e) {
      goesOn = !whole && first + e.at() >= end && lineEnd < end;
    }
    if (array) {
      return goesOn || startsAnObject(text, first + 1, end) ? array() : null;
    }
    return goesOn
        ? new FileShape(Rule.PRETTY_PRINTED, "the first object continues after the end of its line")
        : null;
  }

  private static boolean startsAnObject(byte[] text, int from, int end) {
    int at = firstByteFrom(text, from, end);
    return at < end && text[at] == '{';
  }

  private static int firstByteFrom(byte[] text, int from, int end) {
    int at = from;
    while (at < end && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  private static FileShape array() {
    return new FileShape(Rule.JSON_ARRAY, "the file is one JSON array");
  }

  private static boolean isComplete(JsonCursor cursor) {
    try {
      cursor.skip();
      cursor.finish();
      return true;
    } catch (MalformedLineException e) {
      return false;
    }
  }

  /** Returns the shape of the first lines if all have the same, or null. */
  private static @Nullable FileShape ofLines(
      byte[] text, int first, int end, boolean whole, OutputFormat format) {
    JsonCursor cursor = new JsonCursor();
    FileShape found = null;
    int from = first;
    for (int line = 0; line < LINES && from < end; line++) {
      int to = from;
      while (text[to] != '\n') {
        to++;
      }
      if (to == end && !whole && line > 0) {
        break;
      }
      cursor.reset(text, from, to);
      if (!cursor.atEnd()) {
        FileShape shape = ofKeys(keys(cursor), format);
        if (shape == null || (found != null && !found.equals(shape))) {
          return null;
        }
        found = shape;
      }
      from = to + 1;
    }
    return found;
  }

  /** Returns the known keys of an object as far as it can be read. */
  private static int keys(JsonCursor cursor) {
    int seen = 0;
    try {
      if (cursor.peek() == '[' && cursor.open('[') && cursor.peek() == '{') {
        seen = LISTED;
      }
      if (cursor.peek() == '{' && cursor.open('{')) {
        do {
          int key = cursor.key(KEYS);
          seen |= key == Keys.UNKNOWN ? 0 : 1 << key;
          cursor.skip();
        } while (cursor.more('}'));
      }
    } catch (MalformedLineException e) {
      return 0;
    }
    return seen;
  }

  private static @Nullable FileShape ofKeys(int seen, OutputFormat format) {
    if ((seen & LISTED) != 0) {
      return ofList(seen);
    }
    boolean gemini = format == OutputFormat.GEMINI;
    if ((seen & (gemini ? CONTENTS : MESSAGES)) != 0) {
      return null;
    }
    if ((seen & (gemini ? MESSAGES : CONTENTS)) != 0) {
      return new FileShape(
          Rule.OTHER_PROVIDER,
          gemini
              ? "every line looked at is OpenAI's, with messages: --format openai"
              : "every line looked at is Gemini's, with contents: --format gemini");
    }
    for (Kind kind : Kind.values()) {
      if ((seen & kind.keys) == kind.keys) {
        return new FileShape(Rule.OTHER_FORMAT, "every line looked at is " + kind.text);
      }
    }
    return null;
  }

  private static @Nullable FileShape ofList(int seen) {
    if ((seen & MESSAGE) == MESSAGE) {
      return new FileShape(
          Rule.OTHER_FORMAT,
          "every line looked at is a bare list of messages",
          "write each list as {\"messages\": [...]}");
    }
    return (seen & TURN) != TURN
        ? null
        : new FileShape(
            Rule.OTHER_FORMAT,
            "every line looked at is a bare list of turns",
            "write each list as {\"contents\": [...]}");
  }

  private static int bits(String... names) {
    int bits = 0;
    for (String name : names) {
      bits |= 1 << KEYS.place(name);
    }
    return bits;
  }

  /** Other formats, recognized by their keys; the first match counts. */
  private enum Kind {
    PREFERENCE_PAIRS(
        "a pair for preference tuning (preferred_output, non_preferred_output)",
        "preferred_output",
        "non_preferred_output"),
    CHOSEN_REJECTED("a pair for preference tuning (chosen, rejected)", "chosen", "rejected"),
    SHAREGPT("ShareGPT's, with conversations of from and value", "conversations"),
    ALPACA("Alpaca's, with instruction and output", "instruction", "output"),
    INPUT_TEXT("for PaLM models, with input_text and output_text", "input_text", "output_text"),
    COMPLETION("for models of completion, with prompt and completion", "prompt", "completion"),
    RESPONSE("a sample with prompt and response, which attune prepare reads", "prompt", "response");

    private final String text;
    private final int keys;

    Kind(String text, String... keys) {
      this.text = text;
      this.keys = bits(keys);
    }
  }
}
