package dev.attune.pipeline.source.file.storage;

import dev.attune.config.CurationRules.Limits;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.rejection.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Optional;

/** The text of a range, unpacked. Every reader of input files opens them here. */
public final class RangeText {
  private RangeText() {}

  /** Reads the text of a range. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads a text.
     *
     * @param offset of its first byte in the unpacked file
     */
    public void read(BufferedInputStream text, Truncation truncation, long offset)
        throws IOException;
  }

  /**
   * Opens a range, passes its text to a reader, and checks that the stored bytes are those that
   * were surveyed.
   *
   * @return why the run must be refused because of this file, or empty
   * @throws IOException if the file system fails; reading again may succeed
   */
  public static Optional<Refusal> read(FileRange range, Limits limits, Reader reader)
      throws IOException {
    var truncation = new Truncation(range.name(), limits.allowTruncatedFiles());
    try (RangeStream stored = RangeStream.open(range, RangeText::count)) {
      try {
        reader.read(
            text(stored, limits.decompressedRatio(), truncation), truncation, stored.offset());
      } catch (RefusedFileException e) {
        stored.finish(); // If the file changed, that is the reason.
        throw e;
      }
      stored.finish();
      return Optional.empty();
    } catch (RefusedFileException e) {
      return Optional.of(e.refusal());
    }
  }

  private static void count(long bytes) {
    WorkDone.add(Kind.INPUT_BYTES, bytes);
  }

  /** Returns the text of an open range. */
  public static BufferedInputStream text(RangeStream stored, int ratio, Truncation truncation) {
    String name = stored.range().name();
    return new BufferedInputStream(
        FileType.isGz(name) ? new GunzipStream(name, stored, ratio, truncation) : stored);
  }
}
