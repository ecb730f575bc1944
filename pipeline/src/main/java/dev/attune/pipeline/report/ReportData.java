package dev.attune.pipeline.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that report.html and the summary on the terminal say.
 *
 * @param title what was prepared
 * @param refusal why nothing was published, or null
 * @param counts the sums of promise 1
 * @param rejections one row a source and reason, sources and reasons in the contract's order
 * @param redacted how many places in texts were replaced, by kind; empty where that is off
 * @param categories in the taxonomy's order; empty without a taxonomy
 * @param histograms quality, characters, tokens; each with bins in order
 * @param sources what was read
 * @param notes sentences that a person should see, e.g. a category without validation
 * @param together sentences about what the split keeps together, and what is common
 */
public record ReportData(
    Title title,
    @Nullable String refusal,
    Counts counts,
    List<RejectionRow> rejections,
    Map<String, Long> redacted,
    List<CategoryRow> categories,
    List<Histogram> histograms,
    List<SourceRow> sources,
    List<String> notes,
    List<String> together) {
  public ReportData {
    rejections = List.copyOf(rejections);
    redacted = Collections.unmodifiableMap(new LinkedHashMap<>(redacted));
    categories = List.copyOf(categories);
    histograms = List.copyOf(histograms);
    sources = List.copyOf(sources);
    notes = List.copyOf(notes);
    together = List.copyOf(together);
  }

  /** What was prepared; fingerprint is null of a refused run. */
  public record Title(
      String dataset, String task, String format, String runId, @Nullable String fingerprint) {}

  /**
   * The sums.
   *
   * @param read records by source key, only the configured sources
   * @param training examples
   * @param validation examples
   * @param rejected records
   * @param trainingTokens estimated
   * @param validationTokens estimated
   * @param carried examples of the previous dataset, or null where there is none; they are no
   *     records, and stand in the two files, the tokens, the categories and the histograms beside
   *     those that were read
   */
  public record Counts(
      Map<String, Long> read,
      long training,
      long validation,
      long rejected,
      long trainingTokens,
      long validationTokens,
      @Nullable CarriedOver carried) {
    /** Without a previous dataset. */
    public Counts(
        Map<String, Long> read,
        long training,
        long validation,
        long rejected,
        long trainingTokens,
        long validationTokens) {
      this(read, training, validation, rejected, trainingTokens, validationTokens, null);
    }

    /** Examples in train.jsonl. */
    public long trainingExamples() {
      return training + (carried == null ? 0 : carried.training);
    }

    /** Examples in valid.jsonl. */
    public long validationExamples() {
      return validation + (carried == null ? 0 : carried.validation);
    }

    public long total() {
      return training + validation + rejected;
    }
  }

  /**
   * What was carried over.
   *
   * @param runId of the previous dataset
   * @param training its examples in train.jsonl
   * @param validation its examples in valid.jsonl
   */
  public record CarriedOver(String runId, long training, long validation) {}

  /**
   * A reason of rejection in one source.
   *
   * @param sentence the reason's fixed sentence
   * @param place the location of the first such record in the order of rejected.jsonl
   */
  public record RejectionRow(
      String source, String reason, String sentence, long count, String place) {}

  /** A category and how many examples have it. */
  public record CategoryRow(String id, String name, long training, long validation) {}

  /** How a figure is distributed; one bin a bar. */
  public record Histogram(String title, String unit, List<Bin> bins) {
    public Histogram {
      bins = List.copyOf(bins);
    }
  }

  /** From (inclusive) to the next bin's from; the last bin is open. */
  public record Bin(String from, long training, long validation) {}

  /** A file or table: its name, size in bytes (null of a table), and SHA-256 or watermark. */
  public record SourceRow(String source, String name, @Nullable Long bytes, String identity) {}
}
