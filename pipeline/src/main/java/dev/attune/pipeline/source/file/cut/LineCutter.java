package dev.attune.pipeline.source.file.cut;

import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.IOException;

/**
 * Cuts a file into lines that are not blank. A line ends at LF, CRLF or the end of the file. Blank
 * lines are not records but count as lines.
 */
public final class LineCutter implements RecordCutter {
  private final ByteWindow window;
  private final Truncation truncation;
  private long line;

  public LineCutter(ByteWindow window, Truncation truncation, long firstLine) {
    this.window = window;
    this.truncation = truncation;
    this.line = firstLine;
  }

  @Override
  public boolean next(RawRecord record) throws IOException {
    while (true) {
      window.begin();
      boolean ended = window.find((byte) '\n');
      if (!ended && window.taken() == 0) {
        return false;
      }
      window.take(ended && window.endsIn((byte) '\r') ? 1 : 0, line, record);
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
