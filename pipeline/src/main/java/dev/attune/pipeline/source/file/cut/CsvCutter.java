package dev.attune.pipeline.source.file.cut;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.file.field.CsvFields;
import dev.attune.pipeline.source.file.storage.RefusedFileException;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a CSV file into records by quotes and line ends alone, header included. LF, CRLF and CR
 * outside of quotes end a record. Empty lines are not records but count as lines.
 *
 * <p>A quote opens a quoted part only at the start of a field; from there on every quote of that
 * field closes or opens one, so that a doubled quote stays inside. In a field that does not start
 * with a quote, quotes are text. {@link CsvFields} cuts fields by the same rules.
 *
 * <p>If a quote is missing, a record runs on into the next ones. So a record of several lines
 * refuses the file if it has text after a closing quote, another number of fields than the header,
 * or lines that look like rows ({@link HiddenRows}, which says what cannot be detected). A record
 * in one line with such a fault is rejected alone.
 */
public final class CsvCutter implements RecordCutter {
  private static final byte CR = '\r';
  private static final byte LF = '\n';
  private static final byte QUOTE = '"';

  private final String file;
  private final ByteWindow window;
  private final Truncation truncation;
  private final byte separator;
  private @Nullable HiddenRows rows;
  private boolean afterCr;
  private boolean inQuotes;
  private boolean textAfterQuote;
  private int fields;
  private long first = 1;
  private long line = 1;
  private int cellsOfLine;
  private long rowLikeLines;
  private boolean rowPossible;

  public CsvCutter(String file, ByteWindow window, Truncation truncation, char separator) {
    this.file = file;
    this.window = window;
    this.truncation = truncation;
    this.separator = (byte) separator;
  }

  /**
   * Checks the header and, from now on, every record for hidden rows.
   *
   * @param header the record that was cut first, if there was one
   */
  public void check(HiddenRows hidden, RawRecord header) throws RefusedFileException {
    if (hidden.mayBeInHeader(header.bytes(), header.start(), header.end())) {
      throw refused(Messages.of("pipeline.csv.hidden-rows-alike"));
    }
    rows = hidden;
  }

  @Override
  public boolean next(RawRecord record) throws IOException {
    while (true) {
      window.begin();
      if (afterCr && window.has() && window.bytes[window.at] == LF) {
        window.at++;
        window.begin();
      }
      afterCr = false;
      first = line;
      boolean ended = findEnd();
      if (!ended && window.taken() == 0) {
        return false;
      }
      if (rows != null && !inQuotes) {
        checkLines(rows);
      }
      window.take(0, first, record);
      if (ended) {
        line++;
        afterCr = window.bytes[window.at] == CR;
        window.at++;
      } else {
        end(record);
      }
      if (record.size() > 0) {
        return true;
      }
    }
  }

  private void end(RawRecord record) throws RefusedFileException {
    if (inQuotes) {
      truncation.happens(Messages.of("pipeline.reading.truncated-quote", first));
    }
    if (truncation.happened()) {
      record.markPartial();
    }
  }

  /** Moves to the CR or LF that ends the record; returns false at the end of the file. */
  private boolean findEnd() throws IOException {
    boolean fieldStart = true;
    boolean quoted = false;
    byte before = 0;
    inQuotes = false;
    textAfterQuote = false;
    fields = 1;
    rowLikeLines = 0;
    rowPossible = false;
    cellsOfLine = 0;
    do {
      byte[] bytes = window.bytes;
      int end = window.limit;
      for (int i = window.at; i < end; i++) {
        byte b = bytes[i];
        if (isPlain(b)) {
          quoted &= !fieldStart;
          fieldStart = false;
          if (quoted && !inQuotes) {
            passTextAfterQuote();
          }
          while (i + 1 < end && isPlain(bytes[i + 1])) {
            i++;
          }
        } else if (inQuotes) {
          inQuotes = b != QUOTE;
          passInQuotes(b, before);
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
          fields += fieldStart ? 1 : 0;
          if (quoted && !fieldStart) {
            passTextAfterQuote();
          }
        }
        before = bytes[i];
      }
      window.at = end;
    } while (window.more());
    return false;
  }

  /** Processes a separator, quote or line end within quotes. */
  private void passInQuotes(byte b, byte before) throws RefusedFileException {
    if (b == separator) {
      cellsOfLine++;
    } else if (b == QUOTE) {
      rowPossible |= cellsOfLine > 0 && line > first;
    } else if (b == CR || (b == LF && before != CR)) {
      line++;
      if (textAfterQuote) {
        throw refused(Messages.of("pipeline.csv.hidden-rows-text"));
      }
      if (rows != null) {
        boolean rowLike = line > first + 1 && cellsOfLine + 1 == rows.columns();
        rowLikeLines += rowLike ? 1 : 0;
        rowPossible |= rowLike || rows.isId(fields - 1);
      }
      cellsOfLine = 0;
    }
  }

  private void passTextAfterQuote() throws RefusedFileException {
    textAfterQuote = true;
    if (line > first) {
      throw refused(Messages.of("pipeline.csv.hidden-rows-text"));
    }
  }

  /** Refuses the file if a record of several lines may contain others. */
  private void checkLines(HiddenRows hidden) throws RefusedFileException {
    if (line == first) {
      if (hidden.isLearning() && fields == hidden.columns() && window.isWhole()) {
        hidden.learn(window.bytes, window.start(), window.at);
      }
      return;
    }
    if (fields != hidden.columns()) {
      throw refused(Messages.of("pipeline.csv.hidden-rows-fields", fields, hidden.columns()));
    }
    boolean holdsRows =
        window.isWhole()
            ? rowPossible && hidden.mayBeIn(window.bytes, window.start(), window.at)
            : hidden.columns() > 1 && 2 * rowLikeLines > line - first;
    if (holdsRows) {
      throw refused(Messages.of("pipeline.csv.hidden-rows-alike"));
    }
  }

  private RefusedFileException refused(String how) {
    return new RefusedFileException(
        file + ":" + first, Messages.of("pipeline.csv.hidden-rows", how));
  }

  /** Returns whether a byte is text, both inside and outside of quotes. */
  private boolean isPlain(byte b) {
    return b != QUOTE && b != separator && (b > CR || b < 0);
  }
}
