package dev.attune.format.conformance;

import dev.attune.format.rule.Rule;
import org.jspecify.annotations.Nullable;

/** What a file is that holds no lines of JSON. */
final class OtherFile {
  /** How many lines are looked at. */
  private static final int LINES = 100;

  private static final int GZIP = 0x1f8b;
  private static final int ZIP = 'P' << 8 | 'K';
  private static final int LITTLE_ENDIAN_MARK = 0xfffe;
  private static final int BIG_ENDIAN_MARK = 0xfeff;

  private OtherFile() {}

  /**
   * Looks at the beginning of a file.
   *
   * @param text a line feed follows it
   * @param end where it ends
   * @param whole whether these are all bytes
   */
  static @Nullable FileShape of(byte[] text, int end, boolean whole) {
    if (end < 2) {
      return blank(text, end, whole);
    }
    int first = text[0] & 0xff;
    int second = text[1] & 0xff;
    int both = first << 8 | second;
    if (both == GZIP) {
      return new FileShape(Rule.OTHER_FILE, "the file is a gzip file", "gunzip it first");
    }
    if (both == ZIP) {
      return new FileShape(Rule.OTHER_FILE, "the file is a zip file", "unpack it first");
    }
    boolean wide = (first == 0) != (second == 0);
    if (wide || both == LITTLE_ENDIAN_MARK || both == BIG_ENDIAN_MARK) {
      return new FileShape(
          Rule.OTHER_FILE, "the file is text in UTF-16", "save it as UTF-8 without a mark");
    }
    FileShape blank = blank(text, end, whole);
    return blank == null ? csv(text, end) : blank;
  }

  private static @Nullable FileShape blank(byte[] text, int end, boolean whole) {
    return whole && end > 0 && nextText(text, 0, end) == end
        ? new FileShape(Rule.FILE_EMPTY, "the file has only blank lines")
        : null;
  }

  /** A first line of several fields, and no object on the first lines. */
  private static @Nullable FileShape csv(byte[] text, int end) {
    int from = nextText(text, 0, end);
    if (from == end || text[from] == '[' || !hasFields(text, from)) {
      return null;
    }
    for (int line = 0; line < LINES && from < end; line++) {
      if (text[from] == '{') {
        return null;
      }
      from = nextText(text, lineEnd(text, from), end);
    }
    return new FileShape(
        Rule.OTHER_FILE, "the file is CSV", "have attune prepare make a dataset of it");
  }

  /** In prose a space follows a comma. */
  private static boolean hasFields(byte[] text, int from) {
    boolean separated = false;
    for (int i = from; text[i] != '\n'; i++) {
      if (text[i] == ',' || text[i] == ';' || text[i] == '\t') {
        separated = true;
        if (text[i + 1] == ' ') {
          return false;
        }
      }
    }
    return separated;
  }

  private static int lineEnd(byte[] text, int from) {
    int at = from;
    while (text[at] != '\n') {
      at++;
    }
    return at;
  }

  /** The next byte that is no white space. */
  private static int nextText(byte[] text, int from, int end) {
    int at = from;
    while (at < end
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
      at++;
    }
    return at;
  }
}
