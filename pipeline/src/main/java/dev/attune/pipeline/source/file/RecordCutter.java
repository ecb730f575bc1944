package dev.attune.pipeline.source.file;

import java.io.IOException;

/** Cuts what is left of a file into records, in their order. */
interface RecordCutter {
  /**
   * Fills the record with the next one.
   *
   * @return false where there is none left
   * @throws RefusedFileException when the run must be refused for this file
   */
  boolean next(RawRecord record) throws IOException;
}
