package dev.attune.taxonomy;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One category of a taxonomy.
 *
 * @param id what stands in answers and in every file that is written; not blank, without commas and
 *     control characters
 * @param name for people; the id where the file gives none
 * @param description what belongs to it, or null
 * @param aliases further spellings that mean it
 * @param parent id of the category above it, or null
 */
public record Category(
    String id,
    String name,
    @Nullable String description,
    List<String> aliases,
    @Nullable String parent)
    implements Serializable {
  public Category {
    aliases = List.copyOf(aliases);
  }
}
