package dev.attune.pipeline.source.file.storage;

import dev.attune.message.Messages;

/** Records whether a file is truncated, and refuses it unless truncated files are allowed. */
public final class Truncation {
  private final String file;
  private final boolean allowed;
  private boolean happened;

  public Truncation(String file, boolean allowed) {
    this.file = file;
    this.allowed = allowed;
  }

  /**
   * Reports that the file ends too early.
   *
   * @param how what shows it, for the sentence
   */
  public void happens(String how) throws RefusedFileException {
    if (!allowed) {
      throw new RefusedFileException(file, Messages.of("pipeline.reading.truncated", how));
    }
    happened = true;
  }

  /** Reports that a file whose type needs content has no bytes, or only white space. */
  public void happensToAll() throws RefusedFileException {
    if (!allowed) {
      throw new RefusedFileException(file, Messages.of("pipeline.reading.empty"));
    }
    happened = true;
  }

  public boolean happened() {
    return happened;
  }
}
