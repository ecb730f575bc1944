package dev.attune.pipeline.source.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A file of records with hostile texts and one to four changes: a byte taken out, put in or
 * replaced, mostly a quote, bracket, separator, backslash or line end.
 */
final class DamagedFile {
  /** The arrangement of the records in the file. */
  enum Layout {
    JSONL(".jsonl"),
    CSV_QUOTED_WHERE_NEEDED(".csv"),
    CSV_QUOTED_ALWAYS(".csv"),
    ARRAY_OF_LINES(".json"),
    ARRAY_OF_LINES_WITHIN_BRACKETS(".json"),
    ARRAY_OVER_SEVERAL_LINES(".json"),
    ARRAY_IN_ONE_LINE(".json"),
    ARRAY_OF_SEVERAL_PER_LINE(".json");

    private final String ending;

    Layout(String ending) {
      this.ending = ending;
    }

    boolean isCsv() {
      return ending.equals(".csv");
    }

    boolean isArray() {
      return ending.equals(".json");
    }

    String ending() {
      return ending;
    }
  }

  /** The original record, its position, and whether it was damaged. */
  static final class Original {
    final String id;
    final String text;
    private int start;
    private int end;
    private boolean touched;

    Original(String id, String text) {
      this.id = id;
      this.text = text;
    }

    boolean touched() {
      return touched;
    }

    /** Occurs in the text of this record only. */
    String mark() {
      return "<" + id + ">";
    }
  }

  private static final String[] PARTS = {
    " ",
    ", ",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\"\"",
    "\\",
    "\n",
    "\n",
    "},{",
    "\":\"",
    "12",
    "he said \"no\"",
    "é",
    "word",
    "'",
    "{\"id\":\"x\"}",
    "a, b",
    ";",
    "null",
    "]}",
    "\",\""
  };
  private static final byte[] PUT_IN =
      "\"\"\"\"{}[],:\n\r\\ x1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_TEXT = {0, (byte) 0xff, (byte) 0xc3};
  private static final String TARGETS = "\"\"\"{}[],:\n\r\\";

  final List<Original> originals = new ArrayList<>();
  private final Layout layout;
  private final Random random;
  private final String lineEnd;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int firstByte;
  private byte[] bytes;

  DamagedFile(Layout layout, long seed) {
    this.layout = layout;
    this.random = new Random(seed);
    this.lineEnd = random.nextInt(4) == 0 ? "\r\n" : "\n";
    int count = 2 + random.nextInt(9);
    int first = random.nextInt(900);
    for (int i = 0; i < count; i++) {
      String id = "r%03d".formatted(first + i);
      originals.add(new Original(id, text("<" + id + ">")));
    }
    this.firstByte = write();
    this.bytes = out.toByteArray();
    int damages = 1 + random.nextInt(4);
    for (int i = 0; i < damages; i++) {
      damage();
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  boolean isCsv() {
    return layout.isCsv();
  }

  private String text(String mark) {
    StringBuilder text = new StringBuilder();
    int before = random.nextInt(3);
    for (int i = 0; i < before; i++) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    text.append(mark);
    int behind = random.nextInt(5);
    for (int i = 0; i < behind; i++) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  /** Writes all, and gives the first byte that may be damaged: the header is judged by itself. */
  private int write() {
    if (layout.isCsv()) {
      put("id,text,note" + lineEnd);
    } else if (layout == Layout.ARRAY_OF_LINES) {
      put("[" + lineEnd);
    } else if (layout.isArray()) {
      put("[");
    }
    int from = layout.isCsv() ? out.size() : 0;
    for (int i = 0; i < originals.size(); i++) {
      boolean last = i == originals.size() - 1;
      Original original = originals.get(i);
      original.start = out.size();
      put(layout.isCsv() ? row(original) : object(original));
      original.end = out.size();
      put(last ? "" : between(i));
      boolean ownLine = layout == Layout.JSONL || layout.isCsv();
      put(last && ownLine && random.nextBoolean() ? lineEnd : "");
    }
    if (layout.isArray()) {
      boolean within = layout == Layout.ARRAY_OF_LINES_WITHIN_BRACKETS || random.nextInt(3) == 0;
      put((within ? "" : lineEnd) + "]" + (random.nextBoolean() ? lineEnd : ""));
    }
    return from;
  }

  private void put(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private String between(int i) {
    return switch (layout) {
      case JSONL, CSV_QUOTED_WHERE_NEEDED, CSV_QUOTED_ALWAYS -> lineEnd;
      case ARRAY_IN_ONE_LINE -> random.nextBoolean() ? "," : ", ";
      case ARRAY_OF_SEVERAL_PER_LINE -> i % 3 == 2 ? "," + lineEnd : ",";
      default -> "," + lineEnd;
    };
  }

  private String object(Original original) {
    boolean pretty = layout == Layout.ARRAY_OVER_SEVERAL_LINES;
    String gap = pretty ? lineEnd + "  " : random.nextInt(4) == 0 ? " " : "";
    String more =
        switch (random.nextInt(5)) {
          case 0 -> ",%s\"x\":[\"a\",\"\",\"b\"]";
          case 1 -> ",%s\"x\":{\"y\":1,\"z\":[]}";
          case 2 -> ",%s\"x\":[{\"y\":\"1\"},{\"y\":\"2\"},{\"y\":\"3\"}]";
          case 3 -> ",%s\"x\":\"\"";
          default -> "";
        };
    return "{"
        + gap
        + "\"id\":\""
        + original.id
        + "\","
        + gap
        + "\"text\":\""
        + original.text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\""
        + more.replace("%s", gap)
        + (pretty ? lineEnd : "")
        + "}";
  }

  private String row(Original original) {
    String[] notes = {"", "x", "more", "a, b", "7", "\"q\""};
    String note = notes[random.nextInt(notes.length)];
    return field(original.id) + "," + field(original.text) + "," + field(note);
  }

  private String field(String value) {
    boolean needed = value.matches("(?s).*[\",\n\r].*");
    return needed || layout == Layout.CSV_QUOTED_ALWAYS
        ? "\"" + value.replace("\"", "\"\"") + "\""
        : value;
  }

  private void damage() {
    int at = place();
    switch (random.nextInt(4)) {
      case 0 -> change(at, at, putIn());
      case 1 -> change(at, at + 1, putIn());
      default -> change(at, at + 1);
    }
  }

  private int place() {
    int at = firstByte + random.nextInt(bytes.length - firstByte);
    if (random.nextInt(4) > 0) {
      char wanted = TARGETS.charAt(random.nextInt(TARGETS.length()));
      for (int i = 0; i < bytes.length; i++) {
        int k = firstByte + (at - firstByte + i) % (bytes.length - firstByte);
        if (bytes[k] == wanted) {
          return k;
        }
      }
    }
    return at;
  }

  private byte putIn() {
    return random.nextInt(6) == 0
        ? NO_TEXT[random.nextInt(NO_TEXT.length)]
        : PUT_IN[random.nextInt(PUT_IN.length)];
  }

  private void change(int from, int to, byte... with) {
    for (Original original : originals) {
      // The bytes between two records belong to both.
      int before = before(original);
      original.touched |= from <= behind(original) && to >= before;
    }
    int shift = with.length - (to - from);
    for (Original original : originals) {
      original.start += original.start > from ? shift : 0;
      original.end += original.end > from ? shift : 0;
    }
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, from);
    changed.writeBytes(with);
    changed.write(bytes, to, bytes.length - to);
    bytes = changed.toByteArray();
  }

  private int before(Original original) {
    int i = originals.indexOf(original);
    return i == 0 ? 0 : originals.get(i - 1).end;
  }

  private int behind(Original original) {
    int i = originals.indexOf(original);
    return i == originals.size() - 1 ? bytes.length : originals.get(i + 1).start;
  }

  @Override
  public String toString() {
    List<String> touched = originals.stream().filter(o -> o.touched).map(o -> o.id).toList();
    return layout
        + ", touched "
        + touched
        + ":\n"
        + new String(bytes, StandardCharsets.ISO_8859_1)
        + "\n"
        + Arrays.toString(originals.stream().map(o -> o.id + "=" + o.text).toArray());
  }
}
