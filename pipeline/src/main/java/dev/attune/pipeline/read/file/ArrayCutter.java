package dev.attune.pipeline.read.file;

import java.io.IOException;

/**
 * The elements of the one JSON array that a file holds, found by their brackets and quotes alone.
 * So an element that cannot be parsed costs itself and not those behind it, as long as its brackets
 * and quotes balance. What stands between two commas is an element, even if it is nothing.
 */
final class ArrayCutter implements RecordCutter {
  private static final int END_OF_FILE = -1;

  private final String file;
  private final ByteWindow window;
  private final Truncation truncation;
  private State state = State.BEFORE;
  private long line = 1;

  ArrayCutter(String file, ByteWindow window, Truncation truncation) {
    this.file = file;
    this.window = window;
    this.truncation = truncation;
  }

  @Override
  public boolean next(RawRecord record) throws IOException {
    if (state == State.BEFORE) {
      open();
    }
    if (state == State.CLOSED) {
      close();
    }
    if (state == State.DONE) {
      return false;
    }
    if (!skipSpace()) {
      truncation.happens("its array is never closed");
      return false;
    }
    if (state == State.OPENED && window.bytes[window.at] == ']') {
      window.at++;
      close();
      return false;
    }
    cut(record);
    return true;
  }

  private void cut(RawRecord record) throws IOException {
    window.begin();
    long first = line;
    int end = findEnd();
    window.take(window.spaceAtEnd(), first, record);
    if (end == END_OF_FILE) {
      truncation.happens("its array is never closed");
      record.markPartial();
      state = State.DONE;
    } else {
      window.at++;
      state = end == ',' ? State.BEHIND_COMMA : State.CLOSED;
    }
  }

  /** Moves to the comma or bracket that ends an element. */
  private int findEnd() throws IOException {
    int depth = 0;
    boolean inText = false;
    boolean escaped = false;
    do {
      byte[] bytes = window.bytes;
      for (int i = window.at; i < window.limit; i++) {
        byte b = bytes[i];
        if (b == '\n') {
          line++;
          escaped = false;
        } else if (inText) {
          inText = b != '"' || escaped;
          escaped = b == '\\' && !escaped;
        } else if (b == '"') {
          inText = true;
        } else if (b == '{' || b == '[') {
          depth++;
        } else if (depth == 0 && (b == ',' || b == ']')) {
          window.at = i;
          return b;
        } else if (depth > 0 && (b == '}' || b == ']')) {
          depth--;
        }
      }
      window.at = window.limit;
    } while (window.more());
    return END_OF_FILE;
  }

  private void open() throws IOException {
    if (!skipSpace()) {
      truncation.happensToAll();
      state = State.DONE;
      return;
    }
    byte first = window.bytes[window.at];
    if (first == '{') {
      throw new RefusedFileException(
          file,
          "The file starts with a JSON object, not an array: put [ ] around its records, or name it"
              + " .jsonl if each stands in a line.");
    }
    if (first != '[') {
      throw new RefusedFileException(
          file, "The file holds no JSON array: a .json file is one array of records.");
    }
    window.at++;
    state = State.OPENED;
  }

  private void close() throws IOException {
    state = State.DONE;
    if (skipSpace()) {
      throw new RefusedFileException(
          file + ":" + line,
          "The file goes on behind the end of its array: a .json file is one array of records.");
    }
  }

  /** False at the end of the file. */
  private boolean skipSpace() throws IOException {
    while (window.has()) {
      byte b = window.bytes[window.at];
      if (!ByteWindow.isSpace(b)) {
        return true;
      }
      line += b == '\n' ? 1 : 0;
      window.at++;
      window.begin();
    }
    return false;
  }

  private enum State {
    BEFORE,
    OPENED,
    BEHIND_COMMA,
    CLOSED,
    DONE
  }
}
