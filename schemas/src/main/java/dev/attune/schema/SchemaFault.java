package dev.attune.schema;

import org.jspecify.annotations.Nullable;

/**
 * What a document has that its JSON Schema does not allow. Quotes keys and the schema's own words,
 * never a value of the document.
 *
 * @param pointer JSON pointer of the value at fault, empty for the whole document; of a key that is
 *     unknown or missing, the object
 * @param keyword the keyword of the schema that is not met, for example {@code type}
 * @param property the unknown or missing key, or null
 * @param sentence what is wrong with the value, without its name: {@code is text, must be a number}
 */
public record SchemaFault(
    String pointer, String keyword, @Nullable String property, String sentence) {

  /** Where and what, for example {@code /tuning/epochs is text, must be a whole number}. */
  @Override
  public String toString() {
    return (pointer.isEmpty() ? "it" : pointer) + " " + sentence;
  }
}
