package dev.attune.bench.sample;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * The directory of the sample, with the formats of texts and times.
 *
 * @param target the directory
 */
record SampleFolder(Path target) {
  /** Writes a file as UTF-8. */
  void write(String file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file. */
  void write(String file, byte[] bytes) throws IOException {
    Path path = target.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.write(path, bytes);
  }

  /** Returns a text as a JSON string with quotation marks. */
  static String json(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Returns the time of an event in a series with equal intervals. */
  static String time(Instant begin, int index, int secondsBetween) {
    return begin.plusSeconds((long) index * secondsBetween).toString();
  }
}
