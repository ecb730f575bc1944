package dev.attune.pipeline.example;

/** The two files of a dataset. */
public enum Split {
  TRAINING("train.jsonl"),
  VALIDATION("valid.jsonl");

  private final String fileName;

  Split(String fileName) {
    this.fileName = fileName;
  }

  public String fileName() {
    return fileName;
  }
}
