package dev.attune.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept and on which side of the split it stands.
 *
 * @param redact kinds of personal data to replace, e.g. {@code email}; empty: off
 * @param quality what a scored record must reach
 * @param duplicates near duplicates
 * @param split which share is held back for validation
 * @param limits where reading, refusing and writing stop
 */
public record CurationRules(
    List<String> redact,
    QualityRule quality,
    DuplicateRule duplicates,
    SplitRule split,
    Limits limits)
    implements Serializable {
  public CurationRules {
    redact = List.copyOf(redact);
  }

  /**
   * What a scored record must reach.
   *
   * @param minimumTenths in tenths, 0 to 100
   * @param sources keys of the sources that are scored, {@code generated} by default
   */
  public record QualityRule(int minimumTenths, List<String> sources) implements Serializable {
    public QualityRule {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Near duplicates.
   *
   * @param near whether they are looked for
   * @param similarity Jaccard similarity from which two texts are near, above 0, at most 1
   */
  public record DuplicateRule(boolean near, double similarity) implements Serializable {}

  /**
   * The share that is held back.
   *
   * @param validation 0 to 0.5
   * @param byGroup whether groups stay together; otherwise every record is its own group
   * @param seed any text; another seed, another split
   */
  public record SplitRule(double validation, boolean byGroup, String seed)
      implements Serializable {}

  /**
   * Where reading, refusing and writing stop.
   *
   * @param rejectedFraction of faulty records, 0 to 1; above it the run is refused
   * @param recordBytes of one record, after decompression, without the line end
   * @param allowTruncatedFiles whether the complete records of a truncated file count
   * @param decompressedRatio bytes that one compressed byte may become
   * @param trainingBytes of train.jsonl, or null: the format's or base model's
   * @param trainingExamples of train.jsonl, or null: the format's or base model's
   * @param tokens of one example, or null: the format's or base model's
   */
  public record Limits(
      double rejectedFraction,
      int recordBytes,
      boolean allowTruncatedFiles,
      int decompressedRatio,
      @Nullable Long trainingBytes,
      @Nullable Long trainingExamples,
      @Nullable Integer tokens)
      implements Serializable {}
}
