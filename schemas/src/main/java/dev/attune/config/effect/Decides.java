package dev.attune.config.effect;

import java.util.Locale;

/**
 * What a key of attune.yaml decides. attune.schema.json says it of each key, as {@code decides},
 * with one of these names in lower case or a list of them.
 */
public enum Decides {
  /**
   * The bytes of train.jsonl and valid.jsonl, by its value: the value is part of the input
   * fingerprint.
   */
  DATASET,

  /**
   * The same bytes, by what it leads to: files, a database, the limits of a base model. The input
   * fingerprint has these (what is in the files, where the database is and how far it has come, the
   * limits) and not the value.
   */
  INPUT,

  /**
   * Which model is tuned from a dataset, or whether it is put into use. Not part of the input
   * fingerprint; after a change {@code attune run} goes on from tuning with the same dataset.
   */
  MODEL,

  /** Neither, e.g. a place, a password, how long to wait, or when to refuse. */
  NOTHING;

  /** As attune.schema.json writes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
