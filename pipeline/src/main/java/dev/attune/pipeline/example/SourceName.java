package dev.attune.pipeline.example;

import java.util.Locale;

/** The three sources. */
public enum SourceName {
  FEEDBACK,
  OBSERVATIONS,
  GENERATED;

  /** Returns the name in attune.yaml, in ids and in the files of a dataset. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the full id of a record of this source. */
  public String fullId(String id) {
    return key() + ":" + id;
  }
}
