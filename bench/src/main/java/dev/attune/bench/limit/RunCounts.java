package dev.attune.bench.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts that a program reports, or that are expected of it.
 *
 * @param fingerprint the fingerprint of the dataset; empty if it is not known
 * @param read the number of records read
 * @param kept the number of examples
 * @param rejected the numbers of rejected records by reason
 */
public record RunCounts(String fingerprint, long read, long kept, Map<String, Long> rejected) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NEAR = RejectionReason.NEAR_DUPLICATE.name();

  public RunCounts {
    rejected = Map.copyOf(rejected);
  }

  static Map<String, Long> byReason(List<RejectedRecord> records) {
    Map<String, Long> counts = new TreeMap<>();
    for (RejectedRecord record : records) {
      counts.merge(record.reason().name(), 1L, Long::sum);
    }
    return counts;
  }

  /** Parses the output of the limit program, or expected.json. */
  public static RunCounts ofOwn(String json) throws IOException {
    JsonNode node = JSON.readTree(json);
    return new RunCounts(
        node.path("fingerprint").asText(),
        node.path("records").asLong(),
        node.path("kept").asLong(),
        counts(node.path("rejected")));
  }

  /** Parses the output of {@code prepare --json}. */
  public static RunCounts ofPrepare(String json) throws IOException {
    JsonNode node = JSON.readTree(json);
    JsonNode counts = node.path("counts");
    return new RunCounts(
        node.path("fingerprint").asText(),
        counts.at("/read/total").asLong(),
        counts.path("training").asLong() + counts.path("validation").asLong(),
        counts(counts.at("/rejected/byReason")));
  }

  /** Returns the size of the input in bytes, from expected.json. */
  public static long bytesOf(String expectedJson) throws IOException {
    return JSON.readTree(expectedJson).path("bytes").asLong();
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new TreeMap<>();
    node.fields().forEachRemaining(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
    return counts;
  }

  String toJson() throws IOException {
    return JSON.writeValueAsString(
        Map.of("fingerprint", fingerprint, "records", read, "kept", kept, "rejected", rejected));
  }

  /**
   * Returns whether a program reported the expected counts. Fingerprints are not compared. Of the
   * near duplicates, at least 99% must be found; those that are not found are kept.
   *
   * @param expected the counts that the generated records must give
   */
  public boolean isFullCountOf(RunCounts expected) {
    long missed = expected.near() - near();
    Map<String, Long> others = new TreeMap<>(rejected);
    others.remove(NEAR);
    Map<String, Long> expectedOthers = new TreeMap<>(expected.rejected);
    expectedOthers.remove(NEAR);
    return read == expected.read
        && kept == expected.kept + missed
        && others.equals(expectedOthers)
        && missed >= 0
        && missed * 100 <= expected.near();
  }

  private long near() {
    return rejected.getOrDefault(NEAR, 0L);
  }
}
