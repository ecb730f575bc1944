package dev.attune.launcher.evaluation.document;

/** The role of a model in an evaluation. */
public enum ContestantRole {
  /** The evaluated model. */
  MODEL("model"),
  /** The base model that it was tuned from. */
  BASE("base"),
  /** The model in use. */
  CHAMPION("champion"),
  /** A judge, which compares the answers of the others. */
  JUDGE("judge");

  private final String key;

  ContestantRole(String key) {
    this.key = key;
  }

  /** Returns its name in options and files. */
  public String key() {
    return key;
  }

  /** Returns its name with the id of a model, e.g. {@code the champion 3fa9c1d2e4b5-1}. */
  public String named(String id) {
    return "the " + key + " " + id;
  }

  String title() {
    return Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }
}
