package dev.attune.pipeline.source.file;

import dev.attune.bytes.Utf8;
import dev.attune.config.CurationRules.Limits;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.file.cut.ByteWindow;
import dev.attune.pipeline.source.file.cut.LineCutter;
import dev.attune.pipeline.source.file.cut.LinePlace;
import dev.attune.pipeline.source.file.cut.RawRecord;
import dev.attune.pipeline.source.file.head.FileHead;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.RangeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file that is not a source of records, with the same cutting and limits. */
public final class JsonLines {
  private JsonLines() {}

  /** Receives each line that is not blank. */
  public interface Handler {
    /**
     * Receives a line.
     *
     * @param place of the line
     * @param text null if the line is larger than {@code limits.recordBytes} or not UTF-8
     * @param tooLarge which of the two
     */
    void line(LinePlace place, @Nullable String text, boolean tooLarge);
  }

  /**
   * Reads a range of a .jsonl file.
   *
   * @return why the run must be refused because of this file, or empty
   */
  public static Optional<Refusal> read(FileRange range, Limits limits, Handler handler)
      throws IOException {
    return RangeText.read(
        range,
        limits,
        (text, truncation, offset) -> {
          long first = offset;
          if (range.start() == 0) {
            FileHead head = FileHead.read(text);
            HeadCheck.requireText(head, range.name());
            first += head.markBytes();
          }
          var window = new ByteWindow(text, limits.recordBytes());
          LineCutter lines = LineCutter.of(range, window, truncation, first);
          RawRecord line = new RawRecord(range.name());
          while (lines.next(line)) {
            boolean valid =
                !line.tooLarge() && Utf8.isValid(line.bytes(), line.start(), line.end());
            handler.line(
                line.place(),
                valid
                    ? new String(line.bytes(), line.start(), line.length(), StandardCharsets.UTF_8)
                    : null,
                line.tooLarge());
          }
        });
  }
}
