package dev.attune.pipeline.source.file.cut;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.file.cut.ElementLexer.Outcome;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.IOException;

/**
 * Cuts the one JSON array of a file into elements by brackets, strings and commas. An element that
 * cannot be parsed is rejected alone.
 *
 * <p>If a quote or bracket is missing, so that an element's end is uncertain (see {@link
 * dev.attune.pipeline.source.file.cut.ElementLexer}), the file is refused there, unless it has
 * exactly one element per line. That is assumed as long as no line before had two elements and no
 * element more than one line; then {@link ArrayLineCutter} continues from the start of that line,
 * and refuses the file as soon as a later line shows otherwise. So the file is read once, and
 * nothing is skipped.
 */
public final class ArrayCutter implements RecordCutter {
  static final String NEVER_CLOSED = Messages.of("pipeline.reading.truncated-array");

  private final ArrayInput input;
  private final ByteWindow window;
  private final Truncation truncation;
  private final FirstName firstName = new FirstName();
  private final ArrayLineCutter lines;
  private State state = State.BEFORE;
  private boolean onePerLine = true;
  private long objects;
  private long lastLine;

  public ArrayCutter(String file, ByteWindow window, Truncation truncation) {
    this.input = new ArrayInput(file, window);
    this.window = window;
    this.truncation = truncation;
    this.lines = new ArrayLineCutter(input, truncation, firstName);
  }

  @Override
  public boolean next(RawRecord record) throws IOException {
    return switch (state) {
      case BEFORE -> open(record);
      case OPENED, AFTER_COMMA -> nextElement(record);
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
      if (state == State.AFTER_COMMA) {
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

  /** Moves to the end of the element; sets {@link #lastLine} to the line where its value ends. */
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
      state = window.bytes[window.at] == ',' ? State.AFTER_COMMA : State.CLOSED;
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
    AFTER_COMMA,
    BY_LINES,
    CLOSED,
    DONE
  }
}
