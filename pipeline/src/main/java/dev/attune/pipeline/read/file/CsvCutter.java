package dev.attune.pipeline.read.file;

import java.io.IOException;

/**
 * CSV records, found by their quotes and line ends alone, header included. LF, CRLF and CR end a
 * record outside of quotes. Empty lines are no records but count as lines.
 *
 * <p>A quote opens a quoted part at the start of a field only; from then on every quote of that
 * field closes or opens one, so that a doubled quote stays inside. In a field that does not start
 * with a quote, quotes are text. {@link CsvFields} cuts fields by the same rules.
 */
final class CsvCutter implements RecordCutter {
  private static final byte CR = '\r';
  private static final byte LF = '\n';
  private static final byte QUOTE = '"';

  private final ByteWindow window;
  private final Truncation truncation;
  private final byte separator;
  private boolean behindCr;
  private boolean inQuotes;
  private long line = 1;

  CsvCutter(ByteWindow window, Truncation truncation, char separator) {
    this.window = window;
    this.truncation = truncation;
    this.separator = (byte) separator;
  }

  @Override
  public boolean next(RawRecord record) throws IOException {
    while (true) {
      window.begin();
      if (behindCr && window.has() && window.bytes[window.at] == LF) {
        window.at++;
        window.begin();
      }
      behindCr = false;
      long first = line;
      boolean ended = findEnd();
      if (!ended && window.taken() == 0) {
        return false;
      }
      window.take(0, first, record);
      if (ended) {
        line++;
        behindCr = window.bytes[window.at] == CR;
        window.at++;
      } else {
        end(first, record);
      }
      if (record.size() > 0) {
        return true;
      }
    }
  }

  private void end(long first, RawRecord record) throws RefusedFileException {
    if (inQuotes) {
      truncation.happens("a quote of the record in line " + first + " is never closed");
    }
    if (truncation.happened()) {
      record.markPartial();
    }
  }

  /** Moves to the CR or LF that ends the record; false at the end of the file. */
  private boolean findEnd() throws IOException {
    boolean fieldStart = true;
    boolean quoted = false;
    byte before = 0;
    inQuotes = false;
    do {
      byte[] bytes = window.bytes;
      int end = window.limit;
      for (int i = window.at; i < end; i++) {
        byte b = bytes[i];
        if (isPlain(b)) {
          quoted &= !fieldStart;
          fieldStart = false;
          while (i + 1 < end && isPlain(bytes[i + 1])) {
            i++;
          }
        } else if (inQuotes) {
          inQuotes = b != QUOTE;
          line += b == CR || (b == LF && before != CR) ? 1 : 0;
        } else if (b == CR || b == LF) {
          window.at = i;
          return true;
        } else if (b == QUOTE && (fieldStart || quoted)) {
          quoted = true;
          inQuotes = true;
          fieldStart = false;
        } else {
          quoted &= !fieldStart;
          fieldStart = b == separator;
        }
        before = bytes[i];
      }
      window.at = end;
    } while (window.more());
    return false;
  }

  /** Whether a byte is only text, in quotes and out of them. */
  private boolean isPlain(byte b) {
    return b != QUOTE && b != separator && (b > CR || b < 0);
  }
}
