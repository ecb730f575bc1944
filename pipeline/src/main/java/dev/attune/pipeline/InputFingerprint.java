package dev.attune.pipeline;

import dev.attune.catalog.ExampleLimits;
import dev.attune.pipeline.read.previous.PreviousDataset;
import dev.attune.schema.DatasetManifest.FeedbackRows;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.Watermark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run was given, as 64 hex digits: the SHA-256 of the effective configuration, the hash of
 * every file, and of the database count, greatest id and greatest time. A row changed without any
 * of these is not seen.
 */
final class InputFingerprint {
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
   * @param limits where a user's file of base models has a say in them, else null; of that file
   *     only they decide what a dataset holds
   */
  static String of(
      byte[] effectiveConfig,
      Sources sources,
      @Nullable Long limit,
      @Nullable ExampleLimits limits) {
    InputFingerprint hash = new InputFingerprint();
    hash.put(new String(effectiveConfig, StandardCharsets.UTF_8));
    FeedbackRows feedback = sources.feedback();
    if (feedback != null) {
      Watermark watermark = feedback.watermark();
      hash.put("feedback");
      hash.put(String.valueOf(watermark.rows()));
      hash.put(String.valueOf(watermark.greatestId()));
      hash.put(String.valueOf(watermark.greatestTime()));
      hash.put("improvements", feedback.improvements());
    }
    hash.put("observations", sources.observations());
    hash.put("generated", sources.generated());
    SourceFile taxonomy = sources.taxonomy();
    hash.put("taxonomy", taxonomy == null ? List.of() : List.of(taxonomy));
    if (limit != null) {
      hash.put("limit");
      hash.put(limit.toString());
    }
    if (limits != null) {
      hash.put("limits");
      hash.put(String.valueOf(limits.trainingBytes()));
      hash.put(String.valueOf(limits.trainingExamples()));
      hash.put(String.valueOf(limits.tokens()));
    }
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

  private void put(String source, @Nullable SourceFiles files) {
    if (files != null) {
      put(source, files.files());
    }
  }

  private void put(String source, List<SourceFile> files) {
    put(source);
    for (SourceFile file : files) {
      put(file.name());
      put(file.sha256());
    }
  }

  // A NUL ends each text: none of them holds one.
  private void put(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
  }
}
