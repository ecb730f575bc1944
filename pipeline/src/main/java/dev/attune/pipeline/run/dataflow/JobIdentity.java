package dev.attune.pipeline.run.dataflow;

import dev.attune.bytes.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Dataflow job is for. The name of a job is unique among active jobs of a project and
 * region; the labels say whether an active job of that name is of the same run.
 *
 * @param dataset name of the dataset
 * @param runId name of the run
 * @param inputFingerprint {@code sha256:} and 64 hex digits
 * @param version of Attune
 */
public record JobIdentity(String dataset, String runId, String inputFingerprint, String version) {
  /** The label with the launch whose lock the job publishes under. */
  static final String LAUNCH = "attune-launch";

  /** The label with the last part of the name of the job's temporary folder. */
  static final String PARTS = "attune-parts";

  private static final String INPUT = "attune-input";
  private static final int FINGERPRINT_DIGITS = 40;
  private static final int HASH_DIGITS = 8;
  private static final int LABEL_LENGTH = 63;

  /**
   * Returns the name of the job: {@code attune-<dataset>-<runId>} in lower-case letters, digits and
   * hyphens. If that changes the text, a hash of it is appended, so that two runs never share a
   * name because of it.
   */
  public String name() {
    String wanted = "attune-" + dataset + "-" + runId;
    String mapped = mapped(wanted);
    return mapped.equals(wanted) ? wanted : mapped + "-" + hash(wanted);
  }

  private static String mapped(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("-+$", "");
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
  }

  /**
   * Returns the labels of the job.
   *
   * @param launch the owner of the run's lock; empty if the job has no launch
   * @param parts the last part of the name of the temporary folder
   * @param own labels of the user, which do not replace these
   */
  Map<String, String> labels(String launch, String parts, Map<String, String> own) {
    Map<String, String> labels = new TreeMap<>(own);
    labels.put("attune-dataset", label(dataset));
    labels.put("attune-run", label(runId));
    labels.put("attune-version", label(version));
    labels.put(INPUT, input());
    if (!launch.isEmpty()) {
      labels.put(LAUNCH, launch);
      labels.put(PARTS, parts);
    }
    return labels;
  }

  /** Returns whether a job with these labels makes the same dataset under the same run id. */
  boolean isOf(Map<String, String> labels) {
    return input().equals(labels.get(INPUT))
        && label(dataset).equals(labels.get("attune-dataset"))
        && label(runId).equals(labels.get("attune-run"));
  }

  private String input() {
    String digits = inputFingerprint.substring(inputFingerprint.indexOf(':') + 1);
    return digits.substring(0, Math.min(FINGERPRINT_DIGITS, digits.length()));
  }

  /** Returns a text as labels allow it; the version loses its dots, others lose nothing. */
  private static String label(String text) {
    String mapped = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    return mapped.length() <= LABEL_LENGTH ? mapped : mapped.substring(0, LABEL_LENGTH);
  }

  /**
   * Returns the id of the call that creates the job: equal for all launches that find the same jobs
   * of this name, so that two of them create one job. The service remembers it after the job has
   * ended, so it depends on the newest job that has ended.
   *
   * @param lastEnded id of that job; empty if there is none
   */
  String requestId(String lastEnded) {
    String all = String.join("\n", name(), inputFingerprint, lastEnded);
    return "attune-" + Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}
