package dev.attune.pipeline.source.file.cut;

import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.IOException;

/**
 * Cuts a file into lines that are not blank. A line ends at LF, CRLF or the end of the file. Blank
 * lines are not records but count as lines.
 */
public final class LineCutter implements RecordCutter {
  private final ByteWindow window;
  private final Truncation truncation;
  private final boolean offsets;
  private final long first;
  private long line;

  /**
   * Creates a cutter of lines with numbers.
   *
   * @param firstLine the number of the first
   */
  public LineCutter(ByteWindow window, Truncation truncation, long firstLine) {
    this(window, truncation, firstLine, /* offsets= */ false);
  }

  private LineCutter(ByteWindow window, Truncation truncation, long first, boolean offsets) {
    this.window = window;
    this.truncation = truncation;
    this.offsets = offsets;
    this.first = first;
    this.line = first;
  }

  /**
   * Creates a cutter of the lines of a range.
   *
   * @param offset of the first byte of the window in the file's text
   */
  public static LineCutter of(
      FileRange range, ByteWindow window, Truncation truncation, long offset) {
    return range.countsLines()
        ? new LineCutter(window, truncation, range.firstLine())
        : new LineCutter(window, truncation, offset, /* offsets= */ true);
  }

  @Override
  public boolean next(RawRecord record) throws IOException {
    while (true) {
      window.begin();
      long place = offsets ? first + window.offset() : line;
      boolean ended = window.find((byte) '\n');
      if (!ended && window.taken() == 0) {
        return false;
      }
      window.take(ended && window.endsIn((byte) '\r') ? 1 : 0, place, record);
      if (offsets) {
        record.markOffset();
      }
      if (ended) {
        line++;
        window.at++;
      } else if (truncation.happened()) {
        record.markPartial();
      }
      if (!isBlank(record)) {
        return true;
      }
    }
  }

  private static boolean isBlank(RawRecord record) {
    byte[] bytes = record.bytes();
    for (int i = record.start(); i < record.end(); i++) {
      if (!ByteWindow.isSpace(bytes[i])) {
        return false;
      }
    }
    return !record.tooLarge();
  }
}
