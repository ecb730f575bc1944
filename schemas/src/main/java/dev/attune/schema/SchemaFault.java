package dev.attune.schema;

import com.networknt.schema.Error;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a document by its JSON Schema. Quotes keys and words of the schema, never a value of
 * the document.
 *
 * @param pointer JSON pointer of the value at fault, empty for the whole document; for an unknown
 *     or missing key, its object
 * @param keyword the keyword of the schema that is not met, for example {@code type}
 * @param property the unknown or missing key, or null
 * @param sentence what is wrong with the value, without its name: {@code is text, must be a number}
 */
public record SchemaFault(
    String pointer, String keyword, @Nullable String property, String sentence) {

  /** Returns what the validator found. */
  static SchemaFault of(Error error) {
    StringBuilder pointer = new StringBuilder();
    var location = error.getInstanceLocation();
    for (int i = 0; i < location.getNameCount(); i++) {
      pointer.append('/').append(SchemaFile.escape(location.getName(i)));
    }
    return new SchemaFault(
        pointer.toString(), error.getKeyword(), error.getProperty(), SchemaSentence.of(error));
  }

  /**
   * Returns the place and the fault, for example {@code /tuning/epochs is text, must be a whole
   * number}.
   */
  @Override
  public String toString() {
    return (pointer.isEmpty() ? "it" : pointer) + " " + sentence;
  }
}
