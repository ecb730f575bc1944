package dev.attune.taxonomy;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One category of a taxonomy.
 *
 * @param id the id in answers and written files; not blank, without commas and control characters
 * @param name for display; the id if the file has none
 * @param description a description, or null
 * @param aliases other spellings
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
