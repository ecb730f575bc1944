package dev.attune.pipeline.source.file;

import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the lines of files that are no source of records, with the same cutting and bounds. */
public final class JsonLines {
  private JsonLines() {}

  /** Takes each line that is not blank. */
  public interface Handler {
    /**
     * A line.
     *
     * @param number from 1
     * @param text null where the line is larger than a record may be, or no UTF-8
     * @param tooLarge which of the two
     */
    void line(long number, @Nullable String text, boolean tooLarge);
  }

  /**
   * Reads a range of a .jsonl file.
   *
   * @param recordBytes that a line may have
   * @return why the run must be refused for this file, if it must
   */
  public static Optional<Refusal> read(FileRange range, int recordBytes, Handler handler)
      throws IOException {
    try (RangeStream stored = RangeStream.open(range)) {
      ByteWindow window = new ByteWindow(stored, recordBytes);
      if (range.start() == 0) {
        ByteOrderMark.skip(range.name(), window);
      }
      Truncation truncation = new Truncation(range.name(), /* allowed= */ false);
      LineCutter lines = new LineCutter(window, truncation, range.firstLine());
      RawRecord line = new RawRecord(range.name());
      while (lines.next(line)) {
        boolean valid = !line.tooLarge() && Utf8.isValid(line.bytes(), line.start(), line.end());
        String text =
            valid
                ? new String(line.bytes(), line.start(), line.length(), StandardCharsets.UTF_8)
                : null;
        handler.line(line.line(), text, line.tooLarge());
      }
      stored.finish();
      return Optional.empty();
    } catch (RefusedFileException e) {
      return Optional.of(e.refusal());
    }
  }
}
