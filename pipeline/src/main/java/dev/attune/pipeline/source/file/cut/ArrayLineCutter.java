package dev.attune.pipeline.source.file.cut;

import dev.attune.pipeline.source.file.cut.ElementLexer.Outcome;
import dev.attune.pipeline.source.file.storage.RefusedFileException;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.IOException;

/**
 * Cuts the rest of a JSON array with one element per line, from a line on in which a quote, bracket
 * or comma is missing. Such a line is one record that cannot be parsed; a whole element is read,
 * with or without a comma after it.
 *
 * <p>One element per line is an assumption. The file is refused, at the first uncertain element, if
 * something contradicts it: two elements in a line; a bad line in which another object may begin
 * ({@link FirstName}); a line that ends within its brackets and a later one that closes more than
 * it opened, as an element of several lines would; or no line with an object of its own in the
 * whole file. A bad line larger than a record may be refuses the file too, because it is not kept.
 */
final class ArrayLineCutter {
  private final ArrayInput input;
  private final ByteWindow window;
  private final Truncation truncation;
  private final FirstName firstName;
  private String uncertain = "";
  private boolean objectsSeen;
  private boolean openedSeen;
  private boolean afterComma = true;
  private boolean afterWhole;
  private State state = State.READING;

  ArrayLineCutter(ArrayInput input, Truncation truncation, FirstName firstName) {
    this.input = input;
    this.window = input.window;
    this.truncation = truncation;
    this.firstName = firstName;
  }

  /**
   * Starts with the line at the window.
   *
   * @param place of its element
   * @param objectsBefore whether an earlier line has an object
   */
  void start(String place, boolean objectsBefore) {
    uncertain = place;
    objectsSeen = objectsBefore;
  }

  /** Does the same as {@link RecordCutter#next}. */
  boolean next(RawRecord record) throws IOException {
    if (state == State.DONE) {
      return false;
    }
    boolean more = findElement();
    if (!more && state == State.READING) {
      truncation.happens(ArrayCutter.NEVER_CLOSED);
    }
    if (!more || state == State.CLOSED) {
      return end(more);
    }
    long first = input.line();
    window.begin();
    input.lexer.begin();
    Outcome outcome = input.scan();
    if (outcome == Outcome.END && input.lexer.isEmpty()) {
      throw input.emptyElement();
    }
    if (outcome == Outcome.END || (outcome != Outcome.UNCERTAIN && input.lexer.hasValue())) {
      takeWhole(outcome, first, record);
    } else {
      takeBad(outcome, first, record);
    }
    return true;
  }

  /** Moves to the next element; returns false at the end of the file. */
  private boolean findElement() throws IOException {
    if (afterWhole && input.skipBlanks() && !input.isAtLineEnd() && state == State.READING) {
      throw refused(); // There are two elements in the line.
    }
    afterWhole = false;
    boolean more = input.skipSpace();
    if (more && window.bytes[window.at] == ',' && state != State.CLOSED) {
      if (afterComma) {
        throw input.emptyElement();
      }
      afterComma = true;
      window.at++;
      more = input.skipSpace();
    }
    if (more && window.bytes[window.at] == ']' && state != State.CLOSED) {
      if (afterComma) {
        throw input.commaAtEnd();
      }
      window.at++;
      state = State.CLOSED;
      more = input.skipSpace();
    }
    return more;
  }

  private boolean end(boolean more) throws RefusedFileException {
    state = State.DONE;
    if (more) {
      throw input.goesOn();
    }
    if (!objectsSeen) {
      throw refused();
    }
    return false;
  }

  private void takeWhole(Outcome outcome, long first, RawRecord record) throws IOException {
    boolean object = window.isWhole() && window.bytes[window.start()] == '{';
    if (openedSeen && !object && window.isWhole()) {
      throw refused();
    }
    objectsSeen |= object;
    input.take(window.spaceAtEnd(), first, record);
    if (object && !firstName.learn(record.bytes(), record.start(), record.end())) {
      throw refused();
    }
    afterComma = outcome == Outcome.END && window.bytes[window.at] == ',';
    afterWhole = true;
    state = State.READING;
    if (outcome == Outcome.END) {
      state = afterComma ? State.READING : State.CLOSED;
      window.at++;
    } else if (outcome == Outcome.MORE && !input.lexer.isComplete()) {
      truncation.happens(ArrayCutter.NEVER_CLOSED);
      record.markPartial();
    }
  }

  private void takeBad(Outcome outcome, long first, RawRecord record) throws IOException {
    byte fault = outcome == Outcome.UNCERTAIN ? window.bytes[window.at] : 0;
    boolean opened = outcome != Outcome.UNCERTAIN;
    boolean closes = input.lexer.isOutside() && (fault == ':' || fault == '}');
    boolean ended = input.findLineEnd();
    int start = window.start();
    boolean another = !window.isWhole() || firstName.occursAgain(window.bytes, start, window.at);
    if (another || (closes && openedSeen)) {
      throw refused();
    }
    openedSeen |= opened;
    int unwanted = window.spaceAtEnd();
    byte last = window.bytes[window.at - unwanted - 1];
    afterComma = last == ',';
    state = !opened && last == ']' ? State.CLOSED_PERHAPS : State.READING;
    if (!ended && (truncation.happened() || state == State.READING)) {
      truncation.happens(ArrayCutter.NEVER_CLOSED);
      input.take(unwanted, first, record);
      record.markPartial();
      state = State.DONE;
    } else {
      input.take(unwanted + (afterComma ? 1 : 0), first, record);
    }
  }

  private RefusedFileException refused() {
    return ArrayInput.uncertain(uncertain);
  }

  private enum State {
    READING,
    /** The last line is bad and ends in a bracket that may close the array. */
    CLOSED_PERHAPS,
    CLOSED,
    DONE
  }
}
