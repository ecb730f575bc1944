package dev.attune.pipeline.example;

import java.util.Locale;

/** The three sources. */
public enum SourceName {
  FEEDBACK,
  OBSERVATIONS,
  GENERATED;

  /** As it stands in attune.yaml, in ids and in every file that is written. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The full id of a record of this source. */
  public String fullId(String id) {
    return key() + ":" + id;
  }
}
