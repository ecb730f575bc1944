package dev.attune.pipeline.example;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lineage.jsonl and rejected.jsonl say of a record; see {@link Example} for the parts.
 *
 * @param common of an example of the previous dataset, whether what it asks was common there: then
 *     it is common here, however many groups ask it now
 */
public record Provenance(
    String id,
    SourceName source,
    String location,
    @Nullable String group,
    @Nullable String parent,
    List<String> categories,
    @Nullable Quality quality,
    Commonness common) {
  public Provenance {
    categories = List.copyOf(categories);
  }
}
