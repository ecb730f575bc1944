package dev.attune.launcher.evaluation.document;

/** As what a model takes part in an evaluation. */
public enum ContestantRole {
  /** The one that the evaluation is about. */
  MODEL("model"),
  /** What it was tuned from. */
  BASE("base"),
  /** What is in use. */
  CHAMPION("champion");

  private final String key;

  ContestantRole(String key) {
    this.key = key;
  }

  /** As options and files write it. */
  public String key() {
    return key;
  }

  /** At the head of a column. */
  String title() {
    return Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }
}
