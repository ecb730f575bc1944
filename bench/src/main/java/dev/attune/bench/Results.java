package dev.attune.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All measurements, one JSON line each in the order in which they were made. Each line is written at
 * once, so that an interrupted suite keeps its measurements.
 */
final class Results {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Measurement> measurements;

  private Results(Path file, List<Measurement> measurements) {
    this.file = file;
    this.measurements = measurements;
  }

  /** Reads the measurements of a file; none if it does not exist. */
  static Results of(Path file) throws IOException {
    List<Measurement> measurements = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        measurements.add(JSON.readValue(line, Measurement.class));
      }
    }
    return new Results(file, measurements);
  }

  void add(Measurement measurement) throws IOException {
    Files.writeString(
        file,
        JSON.writeValueAsString(measurement) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    measurements.add(measurement);
  }

  /** Returns the measurements of one program on one input. */
  List<Measurement> of(Program program, Input input) {
    return measurements.stream()
        .filter(made -> made.program() == program && made.input().equals(input))
        .toList();
  }

  /** Returns the fingerprints of all datasets from one input; a single one if all agree. */
  Set<String> fingerprints(Input input) {
    Set<String> fingerprints = new LinkedHashSet<>();
    measurements.stream()
        .filter(made -> made.input().equals(input))
        .forEach(made -> fingerprints.add(made.fingerprint()));
    return fingerprints;
  }

  List<Measurement> all() {
    return List.copyOf(measurements);
  }
}
