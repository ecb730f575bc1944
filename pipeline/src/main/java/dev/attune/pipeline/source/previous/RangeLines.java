package dev.attune.pipeline.source.previous;

import dev.attune.pipeline.source.file.cut.ByteWindow;
import dev.attune.pipeline.source.file.cut.LineCutter;
import dev.attune.pipeline.source.file.cut.RawRecord;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.RangeStream;
import dev.attune.pipeline.source.file.storage.RefusedFileException;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a range of an uncompressed file. Keeps one line in memory. */
record RangeLines(RangeStream stored, LineCutter lines, RawRecord line) implements AutoCloseable {
  /**
   * Opens a surveyed range.
   *
   * @throws RefusedFileException if the file has another size than before, or can no longer be
   *     opened
   */
  static RangeLines open(FileRange range) throws IOException {
    RangeStream stored = RangeStream.open(range, bytes -> {});
    var window = new ByteWindow(stored, Integer.MAX_VALUE);
    var truncation = new Truncation(range.name(), false);
    return new RangeLines(
        stored, new LineCutter(window, truncation, range.firstLine()), new RawRecord(range.name()));
  }

  /**
   * Returns the next line that is not blank, without its line end, or null after the last one.
   *
   * @throws RefusedFileException at the end, if the lines are not those that were surveyed
   */
  byte @Nullable [] next() throws IOException {
    if (lines.next(line)) {
      return Arrays.copyOfRange(line.bytes(), line.start(), line.end());
    }
    stored.finish();
    return null;
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
