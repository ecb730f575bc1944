package dev.attune.pipeline.run;

import dev.attune.bytes.Sha256;
import dev.attune.catalog.ExampleLimits;
import dev.attune.config.AttuneConfig;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.effect.DatabaseIdentity;
import dev.attune.config.effect.Decides;
import dev.attune.pipeline.source.previous.PreviousDataset;
import dev.attune.schema.DatasetManifest.FeedbackRows;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.Watermark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Computes the hash of all inputs that can change train.jsonl or valid.jsonl: the rules version;
 * the configuration keys that decide these files ({@link Decides}); the content and the extension
 * of every file; the identity of the database, its row count, greatest id and greatest time; and
 * the limits of the format or base model. A changed row that leaves all of these as they were is
 * not detected. Names and locations of files, generations of objects, and keys that only decide
 * about the model, do not count.
 */
final class InputFingerprint {
  private static final String GZ = ".gz";

  private final MessageDigest sha256 = Sha256.newDigest();

  private InputFingerprint() {}

  /**
   * Returns the hash for a configuration and its sources, as 64 hex digits.
   *
   * @param rules the rules version
   * @param limit maximum number of records per source, or null for all
   * @param limits of the format or base model, which affects the dataset by its limits only
   */
  static String of(
      int rules, AttuneConfig config, Sources sources, @Nullable Long limit, ExampleLimits limits) {
    InputFingerprint hash = new InputFingerprint();
    hash.put("rules");
    hash.put(String.valueOf(rules));
    hash.put(new String(config.deciding(Decides.DATASET), StandardCharsets.UTF_8));
    hash.putDatabase(config, sources.feedback());
    hash.put("observations", sources.observations());
    hash.put("generated", sources.generated());
    SourceFile taxonomy = sources.taxonomy();
    if (taxonomy != null) {
      hash.put("taxonomy");
      hash.put(taxonomy.content());
    }
    if (limit != null) {
      hash.put("limit");
      hash.put(limit.toString());
    }
    hash.put("limits");
    hash.put(String.valueOf(limits.trainingBytes()));
    hash.put(String.valueOf(limits.trainingExamples()));
    hash.put(String.valueOf(limits.tokens()));
    return Sha256.hex(hash.sha256);
  }

  /**
   * Returns the hash for sources and a previous dataset, as 64 hex digits.
   *
   * @param sources the input fingerprint without the previous dataset
   */
  static String of(String sources, PreviousDataset previous) {
    InputFingerprint hash = new InputFingerprint();
    hash.put("previous");
    hash.put(sources);
    hash.put(previous.manifest().identity().fingerprint());
    hash.put(previous.lineageSha256());
    return Sha256.hex(hash.sha256);
  }

  private void putDatabase(AttuneConfig config, @Nullable FeedbackRows rows) {
    Feedback feedback = config.dataset().sources().feedback();
    if (feedback == null || rows == null) {
      return;
    }
    Watermark watermark = rows.watermark();
    put("feedback");
    put(DatabaseIdentity.of(feedback.connection().jdbcUrl()));
    put(String.valueOf(watermark.rows()));
    put(String.valueOf(watermark.greatestId()));
    put(String.valueOf(watermark.greatestTime()));
    put("improvements", new SourceFiles(rows.improvements()));
  }

  /**
   * Adds the files of a source in an order that does not depend on their names. An object counts
   * with its check sum and size, not with its generation: the same content uploaded again is the
   * same input. A change that leaves both as they were goes unnoticed with a probability of 2⁻³²;
   * the run then gets the run id of another dataset, and is refused because their files differ.
   */
  private void put(String source, @Nullable SourceFiles files) {
    if (files != null) {
      put(source);
      files.files().stream()
          .map(file -> file.content() + ending(file.name()))
          .sorted()
          .forEach(this::put);
    }
  }

  /** Returns the extension that selects the reader: {@code .csv}, {@code .jsonl.gz} and so on. */
  private static String ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String packed = lower.endsWith(GZ) ? GZ : "";
    String plain = lower.substring(0, lower.length() - packed.length());
    return plain.substring(Math.max(0, plain.lastIndexOf('.'))) + packed;
  }

  // Each text ends with a NUL, which no text contains.
  private void put(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
  }
}
