package dev.attune.pipeline.source.file;

/** Whether a file may end before its records do, and whether it did. */
final class Truncation {
  private final String file;
  private final boolean allowed;
  private boolean happened;

  Truncation(String file, boolean allowed) {
    this.file = file;
    this.allowed = allowed;
  }

  /**
   * The file ends too early.
   *
   * @param how what shows it, for the sentence
   */
  void happens(String how) throws RefusedFileException {
    if (!allowed) {
      throw new RefusedFileException(
          file,
          "The file is truncated ("
              + how
              + "): restore it, or set limits.allowTruncatedFiles to keep its complete records.");
    }
    happened = true;
  }

  /** The file has no bytes, or none but white space, where its type needs some. */
  void happensToAll() throws RefusedFileException {
    if (!allowed) {
      throw new RefusedFileException(
          file,
          "The file is empty: restore it, or take it out of the source's files in attune.yaml.");
    }
    happened = true;
  }

  boolean happened() {
    return happened;
  }
}
