package dev.attune.pipeline.source.file.cut;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.file.cut.ElementLexer.Outcome;
import dev.attune.pipeline.source.file.storage.RefusedFileException;
import java.io.IOException;

/** The bytes of a JSON array and the current position: line and element. */
final class ArrayInput {
  final ByteWindow window;
  final ElementLexer lexer = new ElementLexer();
  private final String file;
  private long line = 1;
  private long afterCr = -1;
  private long elements;

  ArrayInput(String file, ByteWindow window) {
    this.file = file;
    this.window = window;
  }

  /** Returns the line of the byte at {@link ByteWindow#at}, from 1. LF, CRLF and CR end a line. */
  long line() {
    return line;
  }

  /** Goes back to the start of the record. */
  void rewind(long toLine) {
    window.rewind();
    line = toLine;
  }

  /**
   * Moves the window to the byte at which the lexer stops.
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

  /** Moves past the CR or LF at the window and counts it. */
  void passLineEnd() {
    boolean pair = window.bytes[window.at] == '\n' && window.offset() == afterCr;
    line += pair ? 0 : 1;
    boolean isCr = window.bytes[window.at] == '\r';
    window.at++;
    afterCr = isCr ? window.offset() : afterCr;
  }

  /** Moves to the next byte that is not white space; returns false at the end of the file. */
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

  /** Moves to the next byte that is neither blank nor tab; returns false at the end of the file. */
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

  /** Moves to the CR or LF that ends this line; returns false at the end of the file. */
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

  /** Fills the record with the next element, up to {@code unwanted} bytes before the window. */
  void take(int unwanted, long firstLine, RawRecord record) {
    elements++;
    window.take(unwanted, firstLine, record);
    record.markElement(elements);
  }

  /** Returns the location of the next element if it starts in this line. */
  String place(long ofLine) {
    return file + ":" + ofLine + "#" + (elements + 1);
  }

  RefusedFileException emptyElement() {
    return new RefusedFileException(place(line), Messages.of("pipeline.array.empty-element"));
  }

  RefusedFileException commaAtEnd() {
    return new RefusedFileException(place(line), Messages.of("pipeline.array.comma-at-end"));
  }

  RefusedFileException goesOn() {
    return new RefusedFileException(file + ":" + line, Messages.of("pipeline.array.goes-on"));
  }

  RefusedFileException isObject() {
    return new RefusedFileException(file, Messages.of("pipeline.array.object"));
  }

  RefusedFileException isNoArray() {
    return new RefusedFileException(file, Messages.of("pipeline.array.none"));
  }

  /** Returns the refusal of a file that cannot be read past an element whose end is uncertain. */
  static RefusedFileException uncertain(String place) {
    return new RefusedFileException(place, Messages.of("pipeline.array.uncertain"));
  }
}
