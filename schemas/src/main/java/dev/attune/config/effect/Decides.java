package dev.attune.config.effect;

/**
 * What a key of attune.yaml decides. attune.schema.json marks each key with {@code decides}: one of
 * these names in lower case, or a list of them.
 */
public enum Decides {
  /**
   * The bytes of train.jsonl and valid.jsonl, by its value: the value is part of the input
   * fingerprint.
   */
  DATASET,

  /**
   * The same bytes, by what the value refers to: files, a database, the limits of a base model. The
   * input fingerprint covers these (the content of the files, the identity and state of the
   * database, the limits) and not the value.
   */
  INPUT,

  /**
   * Which model is tuned from a dataset, or whether it is put into use. Not part of the input
   * fingerprint; after a change {@code attune run} goes on from tuning with the same dataset.
   */
  MODEL,

  /** Neither, e.g. a path, a password, a timeout, or a limit of refusal. */
  NOTHING
}
