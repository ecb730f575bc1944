package dev.attune.pipeline.example;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a record in lineage.jsonl and rejected.jsonl; see {@link Example} for the components.
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
