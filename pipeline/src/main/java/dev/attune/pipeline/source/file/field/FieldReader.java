package dev.attune.pipeline.source.file.field;

import dev.attune.pipeline.source.file.cut.RawRecord;
import java.io.IOException;

/** Reads the mapped fields of a record. */
public interface FieldReader {
  /**
   * Reads the fields of a record that is valid UTF-8, and reports its faults.
   *
   * @return false if the record has no fields, so that only its bytes identify it
   */
  boolean read(RawRecord record, Fields fields) throws IOException;
}
