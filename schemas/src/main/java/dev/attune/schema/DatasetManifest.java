package dev.attune.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * manifest.json: what a published dataset is. Written last; a directory without it is no dataset.
 * No clock time is in it, so that the same input gives the same bytes. Maps keep the order they are
 * given in.
 *
 * @param identity which dataset, and of what
 * @param counts what became of every record read; examples carried over are no records
 * @param redacted how many places in texts were replaced, by kind; empty where that is off
 * @param categories examples of each category, in the taxonomy's order; empty in a conversation
 *     dataset
 * @param split what reaches across the two files, measured on them
 * @param tokens an estimate
 * @param files the files of the dataset
 * @param sources the sources that were read
 * @param config the effective configuration, without secrets
 * @param versions what made the dataset
 */
public record DatasetManifest(
    Identity identity,
    RecordCounts counts,
    Map<String, Long> redacted,
    Map<String, CategoryCount> categories,
    SplitOverlap split,
    Tokens tokens,
    List<PublishedFile> files,
    Sources sources,
    JsonNode config,
    MadeBy versions)
    implements Serializable {

  /** The version of the form that is written, {@code schemaVersion}. */
  public static final int SCHEMA_VERSION = 2;

  /** The oldest version of the form that is read. A figure that it lacks is null, never 0. */
  public static final int OLDEST_SCHEMA_VERSION = 1;

  public DatasetManifest {
    redacted = Collections.unmodifiableMap(new LinkedHashMap<>(redacted));
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    files = List.copyOf(files);
    config = CanonicalJson.normal(config);
    if (!counts.balanced()) {
      throw new IllegalArgumentException("the counts do not add up: " + counts);
    }
  }

  /** Examples in train.jsonl: those of records read and those carried over. */
  public long trainingExamples() {
    Previous previous = sources.previous();
    return counts.training() + (previous == null ? 0 : previous.training());
  }

  /** Returns a file of the dataset by its name. */
  public Optional<PublishedFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** Examples in valid.jsonl: those of records read and those carried over. */
  public long validationExamples() {
    Previous previous = sources.previous();
    return counts.validation() + (previous == null ? 0 : previous.validation());
  }

  /**
   * What the input fingerprint of the same sources is without a previous dataset: two datasets in
   * which it is the same were made of the same sources by the same configuration.
   */
  public String sourcesFingerprint() {
    Previous previous = sources.previous();
    return previous == null ? identity.inputFingerprint() : previous.sourcesFingerprint();
  }

  /**
   * Returns the bytes of manifest.json: UTF-8, indented by two spaces, LF, keys in a fixed order.
   *
   * @throws IllegalStateException if it has no rules version: a manifest of version 1 is not
   *     written again
   */
  public byte[] toJson() {
    return CanonicalJson.pretty(ManifestJson.write(this));
  }

  /**
   * Reads a manifest.json; {@code read(m.toJson())} equals m.
   *
   * @throws ManifestException if the bytes are no manifest of version {@link
   *     #OLDEST_SCHEMA_VERSION} to {@link #SCHEMA_VERSION}, or its counts do not add up
   */
  public static DatasetManifest read(byte[] json) {
    return ManifestJson.read(json);
  }

  /**
   * Identifies a dataset, its format and the input that it was built from.
   *
   * @param dataset name of the dataset
   * @param task {@code classification} or {@code conversation}
   * @param format {@code gemini} or {@code openai}
   * @param runId name of the dataset's directory
   * @param fingerprint {@code sha256:} and 64 hex digits, computed from the written examples
   * @param inputFingerprint fingerprint of the input, in the same form
   */
  public record Identity(
      String dataset,
      String task,
      String format,
      String runId,
      String fingerprint,
      String inputFingerprint)
      implements Serializable {}

  /** Counts of the records read, by their outcome. */
  public record RecordCounts(Read read, long training, long validation, Rejected rejected)
      implements Serializable {
    /** Returns whether examples and rejected records add up to the records read. */
    public boolean balanced() {
      return read.total == training + validation + rejected.total
          && read.total == read.feedback + read.observations + read.generated
          && rejected.total == rejected.byReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Records read, by source; 0 for a source that is not configured. */
  public record Read(long feedback, long observations, long generated, long total)
      implements Serializable {}

  /**
   * Records rejected.
   *
   * @param total all of them
   * @param byReason count by the name of the reason, in the order of the rejection reasons
   */
  public record Rejected(long total, Map<String, Long> byReason) implements Serializable {
    public Rejected {
      byReason = Collections.unmodifiableMap(new LinkedHashMap<>(byReason));
    }
  }

  /** Examples of one category. */
  public record CategoryCount(long training, long validation) implements Serializable {}

  /**
   * What reaches across the two files, measured on them: 0 in every dataset that is published, null
   * where it was not measured.
   *
   * @param groupsAcrossSplits groups with examples in both files
   * @param promptsAcrossSplits prompt keys found in both files; null in a manifest of version 1
   * @param beginningsAcrossSplits dialogues whose turns are the first turns of one in the other
   *     file; null in a manifest of version 1
   * @param nearDuplicatesAcrossSplits training examples that are near one of validation; null where
   *     near duplicates were not looked for
   */
  public record SplitOverlap(
      long groupsAcrossSplits,
      @Nullable Long promptsAcrossSplits,
      @Nullable Long beginningsAcrossSplits,
      @Nullable Long nearDuplicatesAcrossSplits)
      implements Serializable {}

  /**
   * What made a dataset.
   *
   * @param rules the rules version, {@link RulesVersion}; null in a manifest of version 1
   * @param versions of Attune and its libraries, by name
   */
  public record MadeBy(@Nullable Integer rules, Map<String, String> versions)
      implements Serializable {
    public MadeBy {
      versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }
  }

  /** Estimated tokens, and the name of the method. */
  public record Tokens(long training, long validation, String method) implements Serializable {}

  /** A file of the dataset: its hash as 64 hex digits, its size, its lines. */
  public record PublishedFile(String name, String sha256, long bytes, long lines)
      implements Serializable {}

  /**
   * Lists the sources of a dataset; a source that is not configured is null.
   *
   * @param previous the dataset that was built on, or null; in the file it is written next to the
   *     counts
   */
  @JsonIgnoreProperties("previous")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sources(
      @Nullable FeedbackRows feedback,
      @Nullable SourceFiles observations,
      @Nullable SourceFiles generated,
      @Nullable SourceFile taxonomy,
      @Nullable Previous previous)
      implements Serializable {
    /** Creates the sources of a dataset that does not build on another. */
    public Sources(
        @Nullable FeedbackRows feedback,
        @Nullable SourceFiles observations,
        @Nullable SourceFiles generated,
        @Nullable SourceFile taxonomy) {
      this(feedback, observations, generated, taxonomy, null);
    }

    /** Returns a copy with the counts of improvements, or this if there are no such files. */
    public Sources improvedBy(Improvements counts) {
      if (feedback == null || feedback.improvements().isEmpty()) {
        return this;
      }
      FeedbackRows counted =
          new FeedbackRows(feedback.watermark(), feedback.improvements(), counts);
      return new Sources(counted, observations, generated, taxonomy, previous);
    }

    /** Returns a copy that builds on a dataset; null for none. */
    public Sources buildingOn(@Nullable Previous dataset) {
      return new Sources(feedback, observations, generated, taxonomy, dataset);
    }
  }

  /**
   * The previous dataset, all of whose examples were carried over.
   *
   * @param dataset its name
   * @param runId its run id
   * @param fingerprint of what it holds
   * @param inputFingerprint of what it was made from
   * @param sourcesFingerprint what the input fingerprint of the new dataset would be without it
   * @param training examples carried over into train.jsonl
   * @param validation examples carried over into valid.jsonl
   */
  public record Previous(
      String dataset,
      String runId,
      String fingerprint,
      String inputFingerprint,
      String sourcesFingerprint,
      long training,
      long validation)
      implements Serializable {}

  /**
   * Rows of a database, and the files of improvements.
   *
   * @param improvements the files, sorted by name
   * @param improvementCounts outcomes of their lines; null if there are no files, or if the
   *     manifest has no such counts. In the file they are written next to the other counts
   */
  @JsonIgnoreProperties("improvementCounts")
  public record FeedbackRows(
      Watermark watermark, List<SourceFile> improvements, @Nullable Improvements improvementCounts)
      implements Serializable {
    public FeedbackRows {
      improvements = List.copyOf(improvements);
    }

    /** Rows whose improvements are not counted yet. */
    public FeedbackRows(Watermark watermark, List<SourceFile> improvements) {
      this(watermark, improvements, null);
    }
  }

  /**
   * Lines of improvements; each is one of the four.
   *
   * @param read all of them
   * @param used gave a row its answer
   * @param withoutRow no row has the id
   * @param outdated of another version of the row, or replaced by a line of the row's version
   * @param notNeeded of a row that is an example without it, or none at all
   */
  public record Improvements(long read, long used, long withoutRow, long outdated, long notNeeded)
      implements Serializable {}

  /**
   * How far a table was read.
   *
   * @param rows how many there were
   * @param greatestId as text, or null if there is no row
   * @param greatestTime ISO-8601, or null if no row has a time or no column is configured
   */
  public record Watermark(long rows, @Nullable String greatestId, @Nullable String greatestTime)
      implements Serializable {}

  /** The files of a source, sorted by name. */
  public record SourceFiles(List<SourceFile> files) implements Serializable {
    public SourceFiles {
      files = List.copyOf(files);
    }
  }

  /**
   * A file of this machine, or an object of a bucket, that was read.
   *
   * @param name as the configuration names it
   * @param bytes as stored
   * @param sha256 of these bytes, 64 hex digits; null for an object, whose bytes are not read
   *     before the run
   * @param generation of the object that was read; null for a file
   * @param crc32c of the object's bytes, big-endian, in base64; null for a file
   * @param records number of its records, or null for a file without records, e.g. a taxonomy
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SourceFile(
      String name,
      long bytes,
      @Nullable String sha256,
      @Nullable Long generation,
      @Nullable String crc32c,
      @Nullable Long records)
      implements Serializable {
    /** Creates the entry of a file of this machine. */
    public SourceFile(String name, long bytes, String sha256, @Nullable Long records) {
      this(name, bytes, sha256, null, null, records);
    }

    /** Returns the entry of an object. */
    public static SourceFile ofObject(String name, long bytes, long generation, String crc32c) {
      return new SourceFile(name, bytes, null, generation, crc32c, null);
    }

    /**
     * Returns what tells its content from others, whoever stored it and when: the SHA-256, or
     * {@code crc32c:} with the check sum and the size.
     */
    public String content() {
      return sha256 == null ? "crc32c:" + crc32c + ":" + bytes : sha256;
    }
  }
}
