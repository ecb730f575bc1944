package dev.attune.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that decide which records become examples, and in which split.
 *
 * @param redact kinds of personal data to replace, e.g. {@code email}; empty: off
 * @param quality the score that a record must reach
 * @param duplicates near duplicates
 * @param split which share is held back for validation
 * @param limits limits of records, runs and files
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
   * The score that a record must reach.
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
   * @param near whether they are detected and removed
   * @param similarity Jaccard similarity from which two texts are near, above 0, at most 1
   */
  public record DuplicateRule(boolean near, double similarity) implements Serializable {}

  /**
   * The share of units in the validation split.
   *
   * @param validation 0 to 0.5
   * @param byGroup whether groups stay together; otherwise every record is its own group
   * @param seed any text; another seed gives another split
   */
  public record SplitRule(double validation, boolean byGroup, String seed)
      implements Serializable {}

  /**
   * Limits of records, runs and files.
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
