package dev.attune.pipeline.source.file;

import java.io.IOException;

/** Finds the mapped fields of a record. */
interface FieldReader {
  /**
   * Reads the fields of a record that is valid UTF-8, and reports what is wrong with it.
   *
   * @return false where it has no fields, so that only its bytes can stand for it
   */
  boolean read(RawRecord record, Fields fields) throws IOException;
}
