package dev.attune.pipeline.run;

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
import dev.attune.schema.RulesVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run was given that can alter train.jsonl or valid.jsonl, as 64 hex digits: the SHA-256 of
 * the rules version; of the keys of the configuration that decide these files ({@link Decides}); of
 * every file's content and the end of its name, which says how it is read; of which database it is,
 * its count, greatest id and greatest time; and of the limits of the format or base model. A row
 * changed without any of these is not seen. Names and places of files do not count, nor does what
 * only decides about the model.
 */
final class InputFingerprint {
  private static final String GZ = ".gz";

  private final MessageDigest sha256;

  private InputFingerprint() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Of a configuration and what its sources hold.
   *
   * @param limit records a source, or null: all; a try has another fingerprint than the whole
   * @param limits what the format or base model takes; of the two only this decides what a dataset
   *     holds
   */
  static String of(
      AttuneConfig config, Sources sources, @Nullable Long limit, ExampleLimits limits) {
    return of(RulesVersion.CURRENT, config, sources, limit, limits);
  }

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
      hash.put(taxonomy.sha256());
    }
    if (limit != null) {
      hash.put("limit");
      hash.put(limit.toString());
    }
    hash.put("limits");
    hash.put(String.valueOf(limits.trainingBytes()));
    hash.put(String.valueOf(limits.trainingExamples()));
    hash.put(String.valueOf(limits.tokens()));
    return HexFormat.of().formatHex(hash.sha256.digest());
  }

  /**
   * Of the same with a previous dataset.
   *
   * @param sources what {@link #of} says without it
   */
  static String of(String sources, PreviousDataset previous) {
    InputFingerprint hash = new InputFingerprint();
    hash.put("previous");
    hash.put(sources);
    hash.put(previous.manifest().identity().fingerprint());
    hash.put(previous.lineageSha256());
    return HexFormat.of().formatHex(hash.sha256.digest());
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

  /** In an order that depends on no name. */
  private void put(String source, @Nullable SourceFiles files) {
    if (files != null) {
      put(source);
      files.files().stream()
          .map(file -> file.sha256() + ending(file.name()))
          .sorted()
          .forEach(this::put);
    }
  }

  /** How a file is read: {@code .csv}, {@code .jsonl.gz} and so on. */
  private static String ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String packed = lower.endsWith(GZ) ? GZ : "";
    String plain = lower.substring(0, lower.length() - packed.length());
    return plain.substring(Math.max(0, plain.lastIndexOf('.'))) + packed;
  }

  // A NUL ends each text: none of them holds one.
  private void put(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
  }
}
