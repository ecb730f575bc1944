package dev.attune.pipeline.source.file.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects rows within a CSV record of several lines. If the quote after one field and the quote
 * before a later one are both missing, everything between them becomes one field and the result is
 * legal CSV, so rows can only be recognized by the form of the lines.
 *
 * <p>The key of a row is its id. In files without an id column it is the last column that is read
 * and has no line break in this record. A line is treated as a row if
 *
 * <ul>
 *   <li>it has as many cells as the header, split at every separator; if it has a quote, which may
 *       begin a field that continues in the next line, one cell after the key is sufficient;
 *   <li>no cell before that quote starts with a blank, because in prose words after a comma do;
 *   <li>its cell in the key's column is similar to the key of this record, or to one of the first
 *       keys of the file: it has the same kinds of characters and about the same length. A number
 *       must have the same number of digits, four or more, or be greater than this record's key.
 * </ul>
 *
 * <p>Not detected: rows whose keys are not similar, rows in which a cell starts with a blank, the
 * rows of a file of one column, and two adjacent records if the end of the first and the start of
 * the second are missing and the second one's key is damaged too or follows the text.
 */
public final class HiddenRows {
  private static final byte QUOTE = '"';

  /** The maximum difference in length of two similar keys. */
  private static final int LENGTH_DIFFERENCE = 2;

  /** The number of keys from the start of the file that are kept for comparison. */
  private static final int SAMPLES = 8;

  /** A number with this many digits is unlikely to be an amount in a text. */
  private static final int TELLING_DIGITS = 4;

  private final byte separator;
  private final int columns;
  private final int id;
  private final int[] others;
  private final List<byte[]> samples = new ArrayList<>();

  /**
   * Creates a detector for the records of one file.
   *
   * @param columns the number of columns in the header
   * @param id the index of the id column, or -1 if there is none
   * @param others the indexes of the other columns that are read, ascending
   */
  public HiddenRows(byte separator, int columns, int id, int... others) {
    this.separator = separator;
    this.columns = columns;
    this.id = id;
    this.others = others.clone();
  }

  /** Returns the number of columns in the header. */
  public int columns() {
    return columns;
  }

  /** Returns whether this column has the ids. */
  public boolean isId(int column) {
    return column == id;
  }

  /** Returns whether {@link #learn} needs more records. */
  public boolean isLearning() {
    return samples.size() < SAMPLES;
  }

  /** Keeps the key of a one-line record for comparison, if it has as many fields as the header. */
  public void learn(byte[] bytes, int start, int end) {
    int[] starts = new int[columns + 1];
    boolean[] broken = new boolean[columns];
    int key = key(broken);
    if (key >= 0 && split(bytes, start, end, starts, broken)) {
      samples.add(unquoted(bytes, starts[key], starts[key + 1] - 1));
    }
  }

  /** Returns whether a record of several lines may contain rows of its file. */
  public boolean mayBeIn(byte[] bytes, int start, int end) {
    int[] starts = new int[columns + 1];
    boolean[] broken = new boolean[columns];
    if (!split(bytes, start, end, starts, broken)) {
      return true;
    }
    if (id >= 0 && broken[id]) {
      return true;
    }
    int key = key(broken);
    if (key < 0 || columns < 2) {
      return false;
    }
    return hasRow(bytes, start, end, key, unquoted(bytes, starts[key], starts[key + 1] - 1));
  }

  /** Returns whether a header of several lines may contain rows. */
  public boolean mayBeInHeader(byte[] bytes, int start, int end) {
    return columns > 1 && hasRow(bytes, start, end, 0, null);
  }

  /** Returns whether a line after the first may be a row, see {@link #isRow}. */
  private boolean hasRow(byte[] bytes, int start, int end, int key, byte @Nullable [] own) {
    int line = nextLine(bytes, start, end);
    while (line < end) {
      int next = nextLine(bytes, line, end);
      if (isRow(bytes, line, lineEnd(bytes, line, next), key, own)) {
        return true;
      }
      line = next;
    }
    return false;
  }

  private int key(boolean[] broken) {
    int key = id;
    for (int i = others.length - 1; key < 0 && i >= 0; i--) {
      key = broken[others[i]] ? -1 : others[i];
    }
    return key;
  }

  /** Finds the start of each cell; returns false unless there is one cell per column. */
  private boolean split(byte[] bytes, int start, int end, int[] starts, boolean[] broken) {
    int column = 0;
    boolean inQuotes = false;
    boolean quoted = start < end && bytes[start] == QUOTE;
    starts[0] = start;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b == QUOTE && quoted) {
        inQuotes = !inQuotes;
      } else if (b == '\n' || b == '\r') {
        broken[column] = true;
      } else if (b == separator && !inQuotes) {
        column++;
        if (column == columns) {
          return false;
        }
        starts[column] = i + 1;
        quoted = i + 1 < end && bytes[i + 1] == QUOTE;
      }
    }
    starts[columns] = end + 1;
    return column == columns - 1;
  }

  /** Returns whether a line may be a row. If {@code own} is null, its key is not compared. */
  private boolean isRow(byte[] bytes, int start, int end, int key, byte @Nullable [] own) {
    int cells = 1;
    int cellStart = start;
    boolean quote = false;
    boolean alike = false;
    for (int i = start; i <= end; i++) {
      if (i == end || bytes[i] == separator) {
        boolean blank = i > cellStart && (bytes[cellStart] == ' ' || bytes[cellStart] == '\t');
        if (blank && !quote) {
          return false;
        }
        if (cells - 1 == key) {
          alike = !quote && (own == null || isKey(own, bytes, cellStart, i));
        }
        cells += i == end ? 0 : 1;
        cellStart = i + 1;
      } else {
        quote |= bytes[i] == QUOTE;
      }
    }
    return alike && (quote ? cells > key + 1 : cells == columns);
  }

  /** Returns whether a cell is similar to the record's own key or to one of the samples. */
  private boolean isKey(byte[] own, byte[] bytes, int start, int end) {
    byte[] cell = Arrays.copyOfRange(bytes, start, end);
    boolean isNext = isNumber(own) && isNumber(cell) && isGreater(cell, own);
    if (isNext || areAlike(own, cell)) {
      return true;
    }
    for (byte[] sample : samples) {
      if (areAlike(sample, cell)) {
        return true;
      }
    }
    return false;
  }

  private static boolean areAlike(byte[] key, byte[] cell) {
    int difference = Math.abs(cell.length - key.length);
    if (cell.length == 0 || difference > LENGTH_DIFFERENCE || !haveSameCharacterKinds(key, cell)) {
      return false;
    }
    return !isNumber(key) || (difference == 0 && cell.length >= TELLING_DIGITS);
  }

  private static boolean haveSameCharacterKinds(byte[] one, byte[] other) {
    return Arrays.equals(characterKinds(one), characterKinds(other));
  }

  /** Returns whether a number is greater and has at most one digit more. */
  private static boolean isGreater(byte[] cell, byte[] key) {
    int more = cell.length - key.length;
    return more == 1 || (more == 0 && Arrays.compare(cell, key) > 0);
  }

  private static boolean isNumber(byte[] cell) {
    boolean digits = cell.length > 0;
    for (byte b : cell) {
      digits &= b >= '0' && b <= '9';
    }
    return digits;
  }

  /** Returns two flags, whether a cell has digits and letters, and its other characters. */
  private static byte[] characterKinds(byte[] cell) {
    byte[] kinds = new byte[cell.length + 2];
    int size = 2;
    for (byte b : cell) {
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b < 0;
      if (b >= '0' && b <= '9') {
        kinds[0] = 1;
      } else if (letter) {
        kinds[1] = 1;
      } else {
        kinds[size++] = b;
      }
    }
    return Arrays.copyOf(kinds, size);
  }

  private static byte[] unquoted(byte[] bytes, int start, int end) {
    boolean quoted = end - start > 1 && bytes[start] == QUOTE && bytes[end - 1] == QUOTE;
    return Arrays.copyOfRange(bytes, quoted ? start + 1 : start, quoted ? end - 1 : end);
  }

  /** Returns the start of the next line. */
  private static int nextLine(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    boolean pair = i + 1 < end && bytes[i] == '\r' && bytes[i + 1] == '\n';
    return Math.min(end, i + (pair ? 2 : 1));
  }

  private static int lineEnd(byte[] bytes, int start, int next) {
    int end = next;
    while (end > start && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return end;
  }
}
