package dev.attune.pipeline.source.file.storage;

import dev.attune.pipeline.rejection.Refusal;
import java.io.IOException;

/**
 * A file because of which the whole run is refused. It ends the reading of the file and is turned
 * into a {@link Refusal} there; it never leaves a worker.
 */
public final class RefusedFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String place;
  private final String sentence;

  public RefusedFileException(String place, String sentence) {
    super(sentence);
    this.place = place;
    this.sentence = sentence;
  }

  /** Returns the refusal of the run. */
  public Refusal refusal() {
    return new Refusal(place, sentence);
  }
}
