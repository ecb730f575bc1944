package dev.attune.pipeline.example;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lineage.jsonl and rejected.jsonl say of a record; see {@link Example} for the parts. */
public record Provenance(
    String id,
    SourceName source,
    String location,
    @Nullable String group,
    @Nullable String parent,
    List<String> categories,
    @Nullable Quality quality) {
  public Provenance {
    categories = List.copyOf(categories);
  }
}
