package dev.attune.pipeline.source.file;

import dev.attune.pipeline.example.Example;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a source makes of the fields of a record. */
public interface RecordMapping extends Serializable {
  /** Keys or columns by their place; null where a field is not mapped. The first is the id. */
  List<@Nullable String> names();

  /** Whether a key that is not among the names makes a record a {@code SCHEMA_VIOLATION}. */
  boolean refusesOtherNames();

  /**
   * The example of a record. Faults are reported to the fields; then the example is not used.
   *
   * @param id full
   * @param location {@code file:line}
   */
  Example example(String id, String location, Fields fields);
}
