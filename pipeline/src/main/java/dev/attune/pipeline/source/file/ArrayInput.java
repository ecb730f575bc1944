package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.file.structure.ElementLexer;
import dev.attune.pipeline.source.file.structure.ElementLexer.Outcome;
import java.io.IOException;

/** Where a JSON array is read: its bytes, and the line and element that come next. */
final class ArrayInput {
  final ByteWindow window;
  final ElementLexer lexer = new ElementLexer();
  private final String file;
  private long line = 1;
  private long behindCr = -1;
  private long elements;

  ArrayInput(String file, ByteWindow window) {
    this.file = file;
    this.window = window;
  }

  /** Of the byte at {@link ByteWindow#at}, from 1. LF, CRLF and CR end a line. */
  long line() {
    return line;
  }

  /** Goes back to the start of the record, which is in this line. */
  void rewind(long toLine) {
    window.rewind();
    line = toLine;
  }

  /**
   * Moves the window to what stops the lexer.
   *
   * @return {@link Outcome#MORE} at the end of the file
   */
  Outcome scan() throws IOException {
    Outcome outcome;
    do {
      outcome = lexer.scan(window.bytes, window.at, window.limit);
      window.at = lexer.position();
    } while (outcome == Outcome.MORE && window.more());
    return outcome;
  }

  /** Moves behind the CR or LF at the window and counts it. */
  void passLineEnd() {
    boolean behind = window.bytes[window.at] == '\n' && window.offset() == behindCr;
    line += behind ? 0 : 1;
    boolean isCr = window.bytes[window.at] == '\r';
    window.at++;
    behindCr = isCr ? window.offset() : behindCr;
  }

  /** Moves to the next byte that is no white space; false at the end of the file. */
  boolean skipSpace() throws IOException {
    while (skipBlanks()) {
      if (!isAtLineEnd()) {
        return true;
      }
      passLineEnd();
      window.begin();
    }
    return false;
  }

  /** Moves to the next byte that is neither blank nor tab; false at the end of the file. */
  boolean skipBlanks() throws IOException {
    while (window.has()) {
      byte b = window.bytes[window.at];
      if (b != ' ' && b != '\t') {
        return true;
      }
      window.at++;
      window.begin();
    }
    return false;
  }

  /** Moves to the CR or LF that ends this line; false at the end of the file. */
  boolean findLineEnd() throws IOException {
    do {
      while (window.at < window.limit) {
        if (isAtLineEnd()) {
          return true;
        }
        window.at++;
      }
    } while (window.more());
    return false;
  }

  boolean isAtLineEnd() {
    byte b = window.bytes[window.at];
    return b == '\n' || b == '\r';
  }

  /** Hands out the next element, up to so many bytes before the window. */
  void take(int unwanted, long firstLine, RawRecord record) {
    elements++;
    window.take(unwanted, firstLine, record);
    record.markElement(elements);
  }

  /** Of the element that comes next, if it starts in this line. */
  String place(long ofLine) {
    return file + ":" + ofLine + "#" + (elements + 1);
  }

  RefusedFileException emptyElement() {
    return new RefusedFileException(
        place(line), "No element stands between two commas here: take one of them out.");
  }

  RefusedFileException commaAtEnd() {
    return new RefusedFileException(
        place(line), "A comma stands behind the last element of the array: take it out.");
  }

  RefusedFileException goesOn() {
    return new RefusedFileException(
        file + ":" + line,
        "Text stands behind the ] that ends the array: a quote or bracket is missing or too much"
            + " before it, or the file holds more than one array. A .json file is one array of"
            + " records.");
  }

  RefusedFileException isObject() {
    return new RefusedFileException(
        file,
        "The file starts with a JSON object, not an array: put [ ] around its records, or name it"
            + " .jsonl if each stands in a line.");
  }

  RefusedFileException isNoArray() {
    return new RefusedFileException(
        file, "The file holds no JSON array: a .json file is one array of records.");
  }

  /** The file cannot be read past an element whose end is uncertain. */
  static RefusedFileException uncertain(String place) {
    return new RefusedFileException(
        place,
        "It is not certain where this element ends: a quote, bracket or comma is missing or too"
            + " much in it, or a text goes over a line end. Correct it, or write the file with"
            + " exactly one element per line, where one bad line costs only itself.");
  }
}
