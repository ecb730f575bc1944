package dev.attune.pipeline.source.file.storage;

import dev.attune.pipeline.rejection.Refusal;
import java.io.IOException;

/**
 * Thrown when a file must not be used, so that the whole run is refused. The reader of the file
 * catches it and outputs a {@link Refusal}.
 */
public final class RefusedFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String place;

  public RefusedFileException(String place, String sentence) {
    super(sentence);
    this.place = place;
  }

  /** Returns the refusal of the run. */
  public Refusal refusal() {
    return new Refusal(place, String.valueOf(getMessage()));
  }
}
