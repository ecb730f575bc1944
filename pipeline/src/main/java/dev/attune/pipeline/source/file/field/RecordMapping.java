package dev.attune.pipeline.source.file.field;

import dev.attune.pipeline.example.Example;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an example of the fields of a record. */
public interface RecordMapping extends Serializable {
  /**
   * Returns the keys or columns in their order, the id first; null for a field that is not mapped.
   */
  List<@Nullable String> names();

  /** Returns whether a key that is not among the names is a {@code SCHEMA_VIOLATION}. */
  boolean refusesOtherNames();

  /**
   * Returns the example of a record. If it reports a fault to the fields, the example is not used.
   *
   * @param id the full id
   * @param location {@code file:line}
   */
  Example example(String id, String location, Fields fields);
}
