package dev.attune.pipeline.source.file.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects rows within a CSV record of several lines. If the quote after one field and the quote
 * before a later one are both missing, everything between them becomes one field and the result is
 * legal CSV: only the look of its lines shows it. A line is taken for a row if
 *
 * <ul>
 *   <li>it has as many cells as the header, split at every separator; if it has a quote, which may
 *       begin a field that continues in the next line, one cell after the key is enough;
 *   <li>no cell before that quote starts with a blank, as words after a comma do in prose;
 *   <li>its cell in the column of the key looks like the key of this record or of one of the first
 *       in the file: the same kinds of characters and about the same length. A number has the same
 *       number of digits, four or more, or is greater than the record's own. The key is the id, or
 *       without one the last other column that is read.
 * </ul>
 *
 * <p>Not detected: rows whose keys look different, rows in which a cell starts with a blank, the
 * rows of a file of one column, and two adjacent records of which the first lacks its end and the
 * second its start, if the key of the second is damaged too or comes after the text.
 */
public final class HiddenRows {
  private static final byte QUOTE = '"';

  /** Most by which ids of one kind differ in length. */
  private static final int LENGTH_DIFFERENCE = 2;

  /** How many keys from the start of the file are samples of what its keys look like. */
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
   * @param columns of its header
   * @param id the column of the ids; -1 for none
   * @param others the other columns that are read, ascending
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

  /** Keeps the key of a record in one line that has as many fields as the header. */
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
    byte[] own = unquoted(bytes, starts[key], starts[key + 1] - 1);
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

  /** Returns whether a header of several lines may contain rows. */
  public boolean mayBeInHeader(byte[] bytes, int start, int end) {
    int line = nextLine(bytes, start, end);
    while (columns > 1 && line < end) {
      int next = nextLine(bytes, line, end);
      if (isRow(bytes, line, lineEnd(bytes, line, next), 0, null)) {
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

  /** Finds the record's cells; returns false if there are not as many as columns. */
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

  /** Returns whether a line may be a row; with any key if {@code own} is null. */
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

  /** Returns whether a cell looks like the record's own key or one of the samples. */
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
    if (cell.length == 0 || difference > LENGTH_DIFFERENCE || !sameLook(key, cell)) {
      return false;
    }
    return !isNumber(key) || (difference == 0 && cell.length >= TELLING_DIGITS);
  }

  private static boolean sameLook(byte[] one, byte[] other) {
    return Arrays.equals(look(one), look(other));
  }

  /** Compares numbers of the same length; a number with one digit more is greater. */
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

  /** Returns whether a cell has digits, whether it has letters, and its other characters. */
  private static byte[] look(byte[] cell) {
    byte[] look = new byte[cell.length + 2];
    int size = 2;
    for (byte b : cell) {
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b < 0;
      if (b >= '0' && b <= '9') {
        look[0] = 1;
      } else if (letter) {
        look[1] = 1;
      } else {
        look[size++] = b;
      }
    }
    return Arrays.copyOf(look, size);
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
