package dev.attune.bench.measure;

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
 * All measurements, one JSON line each in the order in which they were made. Each line is written
 * at once, so that an interrupted suite keeps its measurements.
 */
final class RoundsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<BenchRound> measurements;

  private RoundsFile(Path file, List<BenchRound> measurements) {
    this.file = file;
    this.measurements = measurements;
  }

  /** Reads the measurements of a file; none if it does not exist. */
  static RoundsFile of(Path file) throws IOException {
    List<BenchRound> measurements = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        measurements.add(JSON.readValue(line, BenchRound.class));
      }
    }
    return new RoundsFile(file, measurements);
  }

  void add(BenchRound measurement) throws IOException {
    Files.writeString(
        file,
        JSON.writeValueAsString(measurement) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    measurements.add(measurement);
  }

  /** Returns the measurements of one program on one input. */
  List<BenchRound> of(BenchProgram program, BenchInput input) {
    return measurements.stream()
        .filter(made -> made.program() == program && made.input().equals(input))
        .toList();
  }

  /** Returns the fingerprints of all datasets from one input; a single one if all agree. */
  Set<String> fingerprints(BenchInput input) {
    Set<String> fingerprints = new LinkedHashSet<>();
    measurements.stream()
        .filter(made -> made.input().equals(input))
        .forEach(made -> fingerprints.add(made.fingerprint()));
    return fingerprints;
  }

  List<BenchRound> all() {
    return List.copyOf(measurements);
  }
}
