package dev.attune.bench.sample;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * Where the sample is written, and how its files write a text and a time.
 *
 * @param target the folder
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

  /** A text in JSON, with its quotation marks. */
  static String json(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** When something happened that happens at even intervals. */
  static String time(Instant begin, int index, int secondsBetween) {
    return begin.plusSeconds((long) index * secondsBetween).toString();
  }
}
