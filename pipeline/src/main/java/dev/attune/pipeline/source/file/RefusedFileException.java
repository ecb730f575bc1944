package dev.attune.pipeline.source.file;

import dev.attune.pipeline.rejection.Refusal;
import java.io.IOException;

/**
 * A file for which the whole run is refused. It ends the reading of the file and becomes data
 * there; it never leaves a worker.
 */
final class RefusedFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String place;
  private final String sentence;

  RefusedFileException(String place, String sentence) {
    super(sentence);
    this.place = place;
    this.sentence = sentence;
  }

  Refusal refusal() {
    return new Refusal(place, sentence);
  }
}
