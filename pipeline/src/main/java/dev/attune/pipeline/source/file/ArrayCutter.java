package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.file.structure.ElementLexer.Outcome;
import dev.attune.pipeline.source.file.structure.FirstName;
import java.io.IOException;

/**
 * The elements of the one JSON array that a file holds, found by their brackets, texts and commas.
 * An element that cannot be parsed costs itself and not those behind it.
 *
 * <p>Where a quote or bracket is missing, so that an element's end is uncertain (see {@link
 * dev.attune.pipeline.source.file.structure.ElementLexer}), the file is refused there, unless it
 * has exactly one element per line. It is taken to have that as long as no line before held two
 * elements and no element more than a line; then {@link ArrayLineCutter} reads on from the start of
 * that line, and refuses the file as soon as a later line shows that it is written otherwise. So it
 * is one pass, and nothing is skipped.
 */
final class ArrayCutter implements RecordCutter {
  static final String NEVER_CLOSED = "its array is never closed";

  private final ArrayInput input;
  private final ByteWindow window;
  private final Truncation truncation;
  private final FirstName firstName = new FirstName();
  private final ArrayLineCutter lines;
  private State state = State.BEFORE;
  private boolean onePerLine = true;
  private long objects;
  private long lastLine;

  ArrayCutter(String file, ByteWindow window, Truncation truncation) {
    this.input = new ArrayInput(file, window);
    this.window = window;
    this.truncation = truncation;
    this.lines = new ArrayLineCutter(input, truncation, firstName);
  }

  @Override
  public boolean next(RawRecord record) throws IOException {
    return switch (state) {
      case BEFORE -> open(record);
      case OPENED, BEHIND_COMMA -> nextElement(record);
      case BY_LINES -> lines.next(record);
      case CLOSED -> close();
      case DONE -> false;
    };
  }

  private boolean open(RawRecord record) throws IOException {
    if (!input.skipSpace()) {
      truncation.happensToAll();
      return done();
    }
    byte first = window.bytes[window.at];
    if (first != '[') {
      throw first == '{' ? input.isObject() : input.isNoArray();
    }
    window.at++;
    state = State.OPENED;
    return nextElement(record);
  }

  private boolean close() throws IOException {
    if (input.skipSpace()) {
      throw input.goesOn();
    }
    return done();
  }

  private boolean done() {
    state = State.DONE;
    return false;
  }

  private boolean nextElement(RawRecord record) throws IOException {
    if (!input.skipSpace()) {
      truncation.happens(NEVER_CLOSED);
      return done();
    }
    if (window.bytes[window.at] == ']') {
      if (state == State.BEHIND_COMMA) {
        throw input.commaAtEnd();
      }
      window.at++;
      return close();
    }
    window.begin();
    input.lexer.begin();
    long first = input.line();
    boolean freshLine = first > lastLine;
    Outcome outcome = findEnd();
    boolean oneLine = lastLine == first;
    boolean endless = outcome == Outcome.MORE && !oneLine && objects > 0;
    if (outcome == Outcome.UNCERTAIN || endless) {
      if (!onePerLine || !freshLine || !window.isWhole()) {
        throw ArrayInput.uncertain(input.place(first));
      }
      return readLines(first, record);
    }
    if (outcome == Outcome.END && input.lexer.isEmpty()) {
      throw input.emptyElement();
    }
    onePerLine &= freshLine && oneLine;
    take(outcome, first, record);
    return true;
  }

  /** Moves to the end of the element; {@link #lastLine} is the line where its value ends. */
  private Outcome findEnd() throws IOException {
    lastLine = input.line();
    Outcome outcome = input.scan();
    while (outcome == Outcome.LINE_END) {
      boolean within = !input.lexer.hasValue();
      input.passLineEnd();
      outcome = input.scan();
      lastLine = within ? input.line() : lastLine;
    }
    return outcome;
  }

  private void take(Outcome outcome, long first, RawRecord record) throws IOException {
    boolean object = window.isWhole() && window.bytes[window.start()] == '{';
    objects += object ? 1 : 0;
    input.take(window.spaceAtEnd(), first, record);
    if (object && onePerLine && !record.tooLarge()) {
      firstName.learn(record.bytes(), record.start(), record.end());
    }
    if (outcome == Outcome.MORE) {
      truncation.happens(NEVER_CLOSED);
      if (!input.lexer.isComplete()) {
        record.markPartial();
      }
      state = State.DONE;
    } else {
      state = window.bytes[window.at] == ',' ? State.BEHIND_COMMA : State.CLOSED;
      window.at++;
    }
  }

  private boolean readLines(long first, RawRecord record) throws IOException {
    String uncertain = input.place(first);
    input.rewind(first);
    state = State.BY_LINES;
    lines.start(uncertain, objects > 0);
    return lines.next(record);
  }

  private enum State {
    BEFORE,
    OPENED,
    BEHIND_COMMA,
    BY_LINES,
    CLOSED,
    DONE
  }
}
