package dev.attune.pipeline.source.file.cut;

import dev.attune.pipeline.source.file.storage.RefusedFileException;
import java.io.IOException;

/** Cuts the rest of a file into records, in their order. */
public interface RecordCutter {
  /**
   * Fills the record with the next one.
   *
   * @return false if there are no more records
   * @throws RefusedFileException if the run must be refused because of this file
   */
  boolean next(RawRecord record) throws IOException;
}
