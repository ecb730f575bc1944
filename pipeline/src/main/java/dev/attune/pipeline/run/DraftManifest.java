package dev.attune.pipeline.run;

import dev.attune.catalog.TokenEstimate;
import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig;
import dev.attune.pipeline.redact.Identifiers;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.source.configured.TaxonomyFile;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.feedback.Watermark;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.file.storage.Pin;
import dev.attune.pipeline.source.previous.PreviousDataset;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.schema.RulesVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the manifest of a run before records are read: identity and inputs, with all counts 0. */
public final class DraftManifest {
  private static final int RUN_ID_DIGITS = 12;
  private static final String SHA256 = "sha256:";

  private DraftManifest() {}

  /**
   * Returns the draft for a plan.
   *
   * @param runId of the run, or null for the first digits of the input fingerprint
   */
  public static DatasetManifest of(PreparePlan plan, @Nullable String runId) {
    AttuneConfig config = plan.config();
    DatasetConfig dataset = config.dataset();
    PreviousDataset previous = plan.previous();
    String fingerprint = inputFingerprint(plan);
    Map<String, Long> redacted = new LinkedHashMap<>();
    dataset.rules().redact().forEach(kind -> redacted.put(kind, 0L));
    return new DatasetManifest(
        new DatasetManifest.Identity(
            dataset.dataset(),
            key(dataset.task()),
            key(dataset.output().format()),
            runId == null
                ? fingerprint.substring(SHA256.length(), SHA256.length() + RUN_ID_DIGITS)
                : runId,
            "",
            fingerprint),
        new DatasetManifest.RecordCounts(
            new DatasetManifest.Read(0, 0, 0, 0), 0, 0, new DatasetManifest.Rejected(0, Map.of())),
        redacted,
        Map.of(),
        new DatasetManifest.SplitOverlap(0, null, null, null),
        new DatasetManifest.Tokens(0, 0, TokenEstimate.METHOD),
        List.of(),
        sources(plan, writtenId(plan))
            .buildingOn(previous == null ? null : previous.told(sourcesFingerprint(plan))),
        config.published(),
        new DatasetManifest.MadeBy(RulesVersion.CURRENT, Versions.all()));
  }

  /** Returns the input fingerprint of a plan, {@code sha256:} and 64 hex digits. */
  public static String inputFingerprint(PreparePlan plan) {
    String ofSources = sourcesFingerprint(plan);
    PreviousDataset previous = plan.previous();
    return previous == null ? ofSources : SHA256 + InputFingerprint.of(ofSources, previous);
  }

  private static String sourcesFingerprint(PreparePlan plan) {
    FeedbackPlan feedback = plan.feedback();
    DatasetManifest.Sources sources =
        sources(plan, feedback == null ? null : feedback.watermark().greatestId());
    return SHA256
        + InputFingerprint.of(
            RulesVersion.CURRENT, plan.config(), sources, plan.limit(), plan.limits());
  }

  /** Returns the greatest id of the database as the files have it: hashed if it is personal. */
  private static @Nullable String writtenId(PreparePlan plan) {
    FeedbackPlan feedback = plan.feedback();
    String id = feedback == null ? null : feedback.watermark().greatestId();
    return id == null
        ? null
        : new Identifiers(ContentHash.of(plan.config().dataset().dataset())).written(id);
  }

  private static DatasetManifest.Sources sources(PreparePlan plan, @Nullable String greatestId) {
    SourcesConfig configured = plan.config().dataset().sources();
    TaxonomyFile taxonomy = plan.taxonomy();
    FeedbackPlan feedback = plan.feedback();
    return new DatasetManifest.Sources(
        feedback == null ? null : feedbackRows(feedback, greatestId),
        configured.observations() == null ? null : files(plan.observations()),
        configured.generated() == null ? null : files(plan.generated()),
        taxonomy == null ? null : taxonomy.file());
  }

  private static DatasetManifest.FeedbackRows feedbackRows(
      FeedbackPlan feedback, @Nullable String greatestId) {
    Watermark watermark = feedback.watermark();
    return new DatasetManifest.FeedbackRows(
        new DatasetManifest.Watermark(watermark.rows(), greatestId, watermark.greatestTime()),
        files(feedback.improvements()).files());
  }

  private static SourceFiles files(List<InputFile> files) {
    return new SourceFiles(files.stream().map(DraftManifest::file).toList());
  }

  private static SourceFile file(InputFile file) {
    Pin pin = file.pin();
    return pin == null
        ? new SourceFile(file.name(), file.bytes(), String.valueOf(file.sha256()), null)
        : SourceFile.ofObject(file.name(), file.bytes(), pin.generation(), pin.crc32c());
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
