package dev.attune.pipeline.accounting;

import dev.attune.pipeline.example.RejectionReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run: the result of prepare for the launcher, and the base of report.html.
 *
 * @param dataset name of the dataset
 * @param runId name of the run
 * @param fingerprint of the dataset, or null if the run was refused
 * @param counts records read, examples and rejected records
 * @param rejections one row per source and reason, both in the order of their enums
 * @param redacted replaced places in texts, by kind; empty if redaction is off
 * @param categories examples by category, in the taxonomy's order; empty without a taxonomy
 * @param notes sentences for the user, e.g. about a category without validation examples
 */
public record RunSummary(
    String dataset,
    String runId,
    @Nullable String fingerprint,
    Counts counts,
    List<RejectionRow> rejections,
    Map<String, Long> redacted,
    List<CategoryRow> categories,
    List<String> notes) {
  public RunSummary {
    rejections = List.copyOf(rejections);
    redacted = Collections.unmodifiableMap(new LinkedHashMap<>(redacted));
    categories = List.copyOf(categories);
    notes = List.copyOf(notes);
  }

  /**
   * The sums of promise 1.
   *
   * @param read records by source key, for the configured sources in the order of {@code
   *     SourceName}
   * @param training examples made from records
   * @param validation examples made from records
   * @param rejected records
   * @param carried examples of the previous dataset, or null without one. They are not records, but
   *     are part of both files and of the token, category and histogram figures.
   */
  public record Counts(
      Map<String, Long> read,
      long training,
      long validation,
      long rejected,
      @Nullable CarriedOver carried) {
    public Counts {
      read = Collections.unmodifiableMap(new LinkedHashMap<>(read));
    }

    /** Returns the number of records read from all sources. */
    public long totalRead() {
      return read.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the number of examples in train.jsonl. */
    public long trainingExamples() {
      return training + (carried == null ? 0 : carried.training);
    }

    /** Returns the number of examples in valid.jsonl. */
    public long validationExamples() {
      return validation + (carried == null ? 0 : carried.validation);
    }
  }

  /**
   * The examples carried over from the previous dataset.
   *
   * @param runId of the previous dataset
   * @param training examples in train.jsonl
   * @param validation examples in valid.jsonl
   */
  public record CarriedOver(String runId, long training, long validation) {
    /** Returns the number of examples in both files. */
    public long total() {
      return training + validation;
    }
  }

  /**
   * The records of one source that were rejected for one reason.
   *
   * @param source key of the source
   * @param place location of the first such record in the order of rejected.jsonl
   */
  public record RejectionRow(String source, RejectionReason reason, long count, String place) {}

  /** The number of examples that have a category. */
  public record CategoryRow(String id, String name, long training, long validation) {}

  /**
   * Returns an upper bound of the rejected records whose examples were carried over: the records
   * behind the previous dataset are read again and rejected as exact duplicates of its examples.
   */
  public long readAgain() {
    CarriedOver carried = counts.carried;
    return carried == null
        ? 0
        : Math.min(carried.total(), rejectedAs(RejectionReason.EXACT_DUPLICATE));
  }

  private long rejectedAs(RejectionReason reason) {
    return rejections.stream()
        .filter(row -> row.reason == reason)
        .mapToLong(RejectionRow::count)
        .sum();
  }
}
