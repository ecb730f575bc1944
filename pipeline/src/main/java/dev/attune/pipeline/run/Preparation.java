package dev.attune.pipeline.run;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.BaseModelsException;
import dev.attune.catalog.ExampleLimits;
import dev.attune.catalog.TokenEstimate;
import dev.attune.config.AttuneConfig;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.Generated;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.check.ExampleChecker;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.redact.Identifiers;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.source.ReadSources;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.feedback.ReadFeedback;
import dev.attune.pipeline.source.file.InputFile;
import dev.attune.pipeline.source.named.NamedSources;
import dev.attune.pipeline.source.named.TaxonomyFile;
import dev.attune.pipeline.source.previous.PreviousDataset;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.TemporaryFolder;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.RulesVersion;
import dev.attune.taxonomy.Taxonomy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What is found out before the pipeline is built, in the process that starts it: which files there
 * are and what they hash to, whether the database is there, what the taxonomy says. Everything that
 * can be refused before a record is read is refused here.
 *
 * @param config what was asked for
 * @param limit records a source, or null: all
 * @param taxonomy or null
 * @param feedback what the database was found to hold, or null
 * @param observations files, empty where the source is not configured
 * @param generated files, empty where the source is not configured
 * @param limits what the base model or format takes
 * @param previous the dataset to build on, or null
 * @param draft the manifest with all counts 0
 */
public record Preparation(
    AttuneConfig config,
    @Nullable Long limit,
    @Nullable Taxonomy taxonomy,
    @Nullable FeedbackPlan feedback,
    List<InputFile> observations,
    List<InputFile> generated,
    ExampleLimits limits,
    @Nullable PreviousDataset previous,
    DatasetManifest draft) {
  private static final int RUN_ID_DIGITS = 12;
  private static final String SHA256 = "sha256:";

  // From here on Flink (contract, section 2).
  private static final long FLINK_BYTES = 64L << 20;

  // Bodies of one bucket stand in one worker's heap, twice while they are sorted and written. On
  // Flink those of one worker are one record to it, and it must fit into a buffer of its sorters.
  private static final long BUCKET_BYTES = 16L << 20;

  // What a record becomes besides its text: roles and keys of its line, ids, what its lineage
  // tells.
  private static final long ADDED_BYTES = 300;

  // Identities of one bucket stand in one worker's heap, a few hundred bytes each.
  private static final long BUCKET_IDENTITIES = 100_000;

  private static final int MINIMUM_BUCKETS = 4;
  private static final int MAXIMUM_BUCKETS = 4_096;

  /** Reads every file once and asks the database. */
  public static Preparation of(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    return ofSources(request, progress).buildingOn(request, progress);
  }

  /**
   * The same, building on the dataset that the request names, or on none.
   *
   * @throws PrepareRefusedException if it cannot be built on
   */
  public Preparation buildingOn(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    Path directory = request.previous();
    if (directory == null) {
      return this;
    }
    try {
      progress.at(PrepareStage.PREVIOUS, -1, 0);
      PreviousDataset dataset = PreviousDataset.open(directory, config, taxonomy);
      return new Preparation(
          config,
          limit,
          taxonomy,
          feedback,
          observations,
          generated,
          limits,
          dataset,
          buildingOn(dataset, request.runId()));
    } catch (SourceException e) {
      throw PrepareRefusedException.of(e);
    }
  }

  /** The draft with another input fingerprint, and a run id made from it unless one was given. */
  private DatasetManifest buildingOn(PreviousDataset dataset, @Nullable String runId) {
    DatasetManifest.Identity identity = draft.identity();
    String sources = identity.inputFingerprint();
    String whole = InputFingerprint.of(sources, dataset);
    return new DatasetManifest(
        new DatasetManifest.Identity(
            identity.dataset(),
            identity.task(),
            identity.format(),
            runId == null ? whole.substring(0, RUN_ID_DIGITS) : runId,
            "",
            SHA256 + whole),
        draft.counts(),
        draft.redacted(),
        draft.categories(),
        draft.split(),
        draft.tokens(),
        draft.files(),
        draft.sources().buildingOn(dataset.told(sources)),
        draft.config(),
        draft.versions());
  }

  private static Preparation ofSources(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    AttuneConfig config = request.config();
    DatasetConfig dataset = config.dataset();
    try {
      NamedSources named = NamedSources.find(config.named());
      named.refuseFaults();
      ExampleLimits limits = limits(config);
      TaxonomyFile taxonomy = named.taxonomy();
      Feedback feedback = dataset.sources().feedback();
      SourceLook look = new SourceLook(request, named, progress);
      FeedbackPlan plan = feedback == null ? null : look.database(feedback);
      Observations observations = dataset.sources().observations();
      List<InputFile> observationFiles = look.survey(named.observations());
      Generated generated = dataset.sources().generated();
      List<InputFile> generatedFiles = look.survey(named.generated());
      DatasetManifest.Sources sources =
          new DatasetManifest.Sources(
              plan == null ? null : feedbackRows(plan),
              observations == null ? null : sourceFiles(observationFiles),
              generated == null ? null : sourceFiles(generatedFiles),
              taxonomy == null ? null : taxonomy.file());
      return new Preparation(
          config,
          request.limit(),
          taxonomy == null ? null : taxonomy.taxonomy(),
          plan,
          observationFiles,
          generatedFiles,
          limits,
          null,
          draft(request, sources, limits));
    } catch (SourceException e) {
      throw PrepareRefusedException.of(e);
    }
  }

  private static ExampleLimits limits(AttuneConfig config) throws SourceException {
    try {
      return BaseModels.of(config).limits(config);
    } catch (BaseModelsException e) {
      throw new SourceException(e.faults(), String.valueOf(e.getMessage()), e);
    }
  }

  private static DatasetManifest draft(
      PrepareRequest request, DatasetManifest.Sources sources, ExampleLimits limits) {
    AttuneConfig config = request.config();
    String fingerprint = InputFingerprint.of(config, sources, request.limit(), limits);
    String runId = request.runId();
    return new DatasetManifest(
        new DatasetManifest.Identity(
            config.dataset().dataset(),
            key(config.dataset().task()),
            key(config.dataset().output().format()),
            runId == null ? fingerprint.substring(0, RUN_ID_DIGITS) : runId,
            "",
            SHA256 + fingerprint),
        new DatasetManifest.Counts(
            new DatasetManifest.Read(0, 0, 0, 0), 0, 0, new DatasetManifest.Rejected(0, Map.of())),
        redacted(config.dataset()),
        Map.of(),
        new DatasetManifest.Split(0, null, null, null),
        new DatasetManifest.Tokens(0, 0, TokenEstimate.METHOD),
        List.of(),
        written(sources, config.dataset()),
        config.published(),
        new DatasetManifest.MadeBy(RulesVersion.CURRENT, Versions.all()));
  }

  /** With the greatest id as every file has it; the input fingerprint knows it as it is. */
  private static DatasetManifest.Sources written(
      DatasetManifest.Sources sources, DatasetConfig config) {
    DatasetManifest.FeedbackRows rows = sources.feedback();
    String greatest = rows == null ? null : rows.watermark().greatestId();
    if (rows == null || greatest == null) {
      return sources;
    }
    DatasetManifest.Watermark watermark =
        new DatasetManifest.Watermark(
            rows.watermark().rows(),
            new Identifiers(ContentHash.of(config.dataset())).written(greatest),
            rows.watermark().greatestTime());
    return new DatasetManifest.Sources(
        new DatasetManifest.FeedbackRows(watermark, rows.improvements()),
        sources.observations(),
        sources.generated(),
        sources.taxonomy());
  }

  /** The kinds that will be counted. */
  private static Map<String, Long> redacted(DatasetConfig config) {
    Map<String, Long> counts = new LinkedHashMap<>();
    config.rules().redact().forEach(kind -> counts.put(kind, 0L));
    return counts;
  }

  private static DatasetManifest.FeedbackRows feedbackRows(FeedbackPlan plan) {
    return new DatasetManifest.FeedbackRows(
        new DatasetManifest.Watermark(
            plan.watermark().rows(),
            plan.watermark().greatestId(),
            plan.watermark().greatestTime()),
        sourceFiles(plan.improvements()).files());
  }

  private static DatasetManifest.SourceFiles sourceFiles(List<InputFile> files) {
    return new DatasetManifest.SourceFiles(
        files.stream()
            .map(file -> new SourceFile(file.name(), file.bytes(), file.sha256(), null))
            .toList());
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  String runId() {
    return draft.identity().runId();
  }

  /** What is read of sources: files as they are stored, and {@link ReadFeedback} for each row. */
  long inputBytes() {
    return rows() * ReadFeedback.ROW_BYTES + sumOfFiles(InputFile::bytes);
  }

  /** Direct for small inputs, which it begins sooner; Flink where its heap would be too small. */
  public PrepareRunner suitableRunner() {
    long bytes = inputBytes();
    bytes += previous == null ? 0 : previous.bytes();
    return bytes < FLINK_BYTES ? PrepareRunner.DIRECT : PrepareRunner.FLINK;
  }

  /** How many buckets keep a bucket small, and small inputs in few of them. */
  public int buckets() {
    long records = rows() + sumOfFiles(InputFile::mostRecords);
    long carried = previous == null ? 0 : previous.bytes();
    long bytes =
        rows() * ReadFeedback.ROW_BYTES
            + sumOfFiles(InputFile::unpackedBytes)
            + carried
            + records * ADDED_BYTES;
    return buckets(bytes / BUCKET_BYTES + 1);
  }

  /**
   * How many buckets keep a bucket of identities small, however short the records are. Not more of
   * them: each is a bundle to hand on.
   */
  public int identityBuckets() {
    long carried = previous == null ? 0 : previous.examples();
    return buckets((rows() + sumOfFiles(InputFile::mostRecords) + carried) / BUCKET_IDENTITIES + 1);
  }

  private static int buckets(long wanted) {
    return (int) Math.min(MAXIMUM_BUCKETS, Math.max(MINIMUM_BUCKETS, wanted));
  }

  private long rows() {
    return feedback == null ? 0 : feedback.watermark().rows();
  }

  private long sumOfFiles(ToLongFunction<InputFile> of) {
    return Stream.concat(observations.stream(), generated.stream()).mapToLong(of).sum();
  }

  /** What is read, in as many bundles as there are workers in this process, or more. */
  public ReadSources sources(PipelineOptions options) {
    return ReadSources.of(config.dataset(), feedback, observations, generated)
        .inAtLeast(RunnerOptions.parallelism(options))
        .limitedTo(limit == null ? null : Math.toIntExact(Math.min(limit, Integer.MAX_VALUE)));
  }

  /** What an example must keep to. */
  public ExampleChecker checker() {
    DatasetConfig dataset = config.dataset();
    return new ExampleChecker(
        taxonomy, dataset.task(), ExampleFormats.of(dataset.output().format()), limits.tokens());
  }

  /** What the finalizer is told. */
  public Publication publication(RunFolder folder) {
    List<Publication.CategoryName> categories =
        taxonomy == null
            ? List.of()
            : taxonomy.categories().stream()
                .map(category -> new Publication.CategoryName(category.id(), category.name()))
                .toList();
    return new Publication(
        draft,
        categories,
        sourceLines(),
        config.dataset().rules().limits().rejectedFraction(),
        compared(),
        new Publication.Target(folder.target().toString(), config.dataset().output().mode()),
        new TemporaryFolder(folder.temporary() + "/"));
  }

  private Publication.Compared compared() {
    DatasetConfig dataset = config.dataset();
    DuplicateRule rule = dataset.rules().duplicates();
    return new Publication.Compared(
        dataset.task(),
        dataset.output().format(),
        rule.near() ? new Similarity(rule.similarity()) : null);
  }

  private List<Publication.SourceLine> sourceLines() {
    List<Publication.SourceLine> lines = new ArrayList<>();
    DatasetManifest.Sources sources = draft.sources();
    DatasetManifest.FeedbackRows rows = sources.feedback();
    if (rows != null && feedback != null) {
      lines.add(
          new Publication.SourceLine(
              SourceName.FEEDBACK.key(), feedback.place(), null, watermark(rows.watermark())));
      addFiles(SourceName.FEEDBACK, rows.improvements(), lines);
    }
    DatasetManifest.SourceFiles observed = sources.observations();
    addFiles(SourceName.OBSERVATIONS, observed == null ? List.of() : observed.files(), lines);
    DatasetManifest.SourceFiles written = sources.generated();
    addFiles(SourceName.GENERATED, written == null ? List.of() : written.files(), lines);
    return lines;
  }

  private static String watermark(DatasetManifest.Watermark watermark) {
    return watermark.rows()
        + " rows, up to id "
        + watermark.greatestId()
        + (watermark.greatestTime() == null ? "" : " and " + watermark.greatestTime());
  }

  private static void addFiles(
      SourceName source, List<SourceFile> files, List<Publication.SourceLine> to) {
    for (SourceFile file : files) {
      to.add(new Publication.SourceLine(source.key(), file.name(), file.bytes(), file.sha256()));
    }
  }
}
