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
final class RangeLines implements AutoCloseable {
  private final RangeStream stored;
  private final LineCutter lines;
  private final RawRecord line;

  private RangeLines(FileRange range, RangeStream stored) {
    String name = range.name();
    this.stored = stored;
    this.line = new RawRecord(name);
    this.lines =
        new LineCutter(
            new ByteWindow(stored, Integer.MAX_VALUE),
            new Truncation(name, false),
            range.firstLine());
  }

  /**
   * Opens a surveyed range.
   *
   * @throws RefusedFileException if the file has another size than before, or can no longer be
   *     opened
   */
  static RangeLines open(FileRange range) throws IOException {
    return new RangeLines(range, RangeStream.open(range, bytes -> {}));
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
