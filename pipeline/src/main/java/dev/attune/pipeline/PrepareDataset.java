package dev.attune.pipeline;

import dev.attune.config.ConfigFault;
import dev.attune.config.CurationRules;
import dev.attune.config.DatasetConfig;
import dev.attune.config.NamedFiles;
import dev.attune.pipeline.check.CheckExamples;
import dev.attune.pipeline.coder.Coders;
import dev.attune.pipeline.encode.EncodeExamples;
import dev.attune.pipeline.prepare.InputFingerprints;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.redact.RedactRecords;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.run.DraftManifest;
import dev.attune.pipeline.run.PipelineRun;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.score.ScoreExamples;
import dev.attune.pipeline.source.ReadOutput;
import dev.attune.pipeline.source.named.NamedSources;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.PublicationStop;
import dev.attune.pipeline.write.WriteDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/** From three sources to a published dataset: the table of contents of the pipeline. */
public final class PrepareDataset {
  private PrepareDataset() {}

  /**
   * Runs the pipeline and waits for it.
   *
   * @param progress told which runner was chosen, and twice a second how far it is
   * @throws PrepareRefusedException if nothing was published for a reason that the user can mend
   * @throws IllegalStateException if the sums do not agree, or a worker failed otherwise
   */
  public static PrepareResult run(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    return PipelineRun.of(request, PrepareDataset::build).run(progress);
  }

  /**
   * The input fingerprint of a call, {@code sha256:} and 64 hex digits: two calls with the same one
   * make the same dataset. Reads every file, asks the database three figures, writes nothing.
   *
   * @throws PrepareRefusedException if a source is not there
   */
  public static String inputFingerprint(PrepareRequest request) throws PrepareRefusedException {
    return DraftManifest.inputFingerprint(PreparePlan.of(request, PrepareProgress.NONE));
  }

  /**
   * The same, and what it is without the previous dataset: whoever asks on behalf of nobody may go
   * on without one that does not fit.
   *
   * @param progress told how far the reading is
   * @throws PrepareRefusedException if a source is not there
   */
  public static InputFingerprints inputFingerprints(
      PrepareRequest request, PrepareProgress progress) throws PrepareRefusedException {
    PreparePlan plan = PreparePlan.ofSources(request, progress);
    String sources = DraftManifest.inputFingerprint(plan);
    try {
      PreparePlan whole = plan.withPrevious(request.previous(), progress);
      return new InputFingerprints(sources, DraftManifest.inputFingerprint(whole), null);
    } catch (PrepareRefusedException incompatible) {
      return new InputFingerprints(sources, null, String.valueOf(incompatible.getMessage()));
    }
  }

  /**
   * What is wrong with the files that a configuration names, with its lines. Reads no more than the
   * first bytes of each; the database is not asked.
   */
  public static List<ConfigFault> fileFaults(NamedFiles named) {
    return NamedSources.find(named).faults();
  }

  /**
   * Keeps this process, which is about to end, from publishing, after a publication that is under
   * way.
   *
   * @return the folder of the dataset that it published last, if it did
   */
  public static Optional<Path> stopPublishing() {
    PublicationStop stop = PublicationStop.begin();
    return stop.published();
  }

  static void build(Pipeline pipeline, PreparePlan plan, Publication publication) {
    Coders.register(pipeline);
    DatasetConfig config = plan.config().dataset();
    CurationRules rules = config.rules();
    ContentHash hash = ContentHash.of(config.dataset());
    boolean byGroup = rules.split().byGroup();
    List<PCollection<RejectedRecord>> rejected = new ArrayList<>();

    ReadOutput read = pipeline.apply("Read", plan.sources(pipeline.getOptions()));
    PCollectionTuple clean =
        PCollectionTuple.of(RedactRecords.EXAMPLES, read.examples())
            .and(RedactRecords.REJECTED, read.rejected())
            .and(RedactRecords.TALLIES, read.tallies())
            .apply("Redact", RedactRecords.of(rules.redact(), hash, config.systemInstruction()));
    PCollectionTuple encoded =
        clean
            .get(RedactRecords.EXAMPLES)
            .apply("Check", CheckExamples.create(plan.checker(), hash))
            .failuresTo(rejected)
            .apply("Score", ScoreExamples.create(rules.quality(), config.task(), hash))
            .failuresTo(rejected)
            .apply(
                "Encode",
                EncodeExamples.of(config.task(), config.output().format(), byGroup)
                    .withShingles(rules.duplicates().near()));
    CarriedOver carried = CarriedOver.from(pipeline, plan);
    PCollectionTuple examples = carried.with(encoded);
    Decided decided = Decided.about(examples, plan);
    carried
        .tell(
            withImprovements(
                PCollectionTuple.of(WriteDataset.BODIES, examples.get(EncodeExamples.BODIES)),
                read))
        .and(WriteDataset.DECISIONS, decided.decisions())
        .and(
            WriteDataset.REJECTED,
            together("CollectRejected", clean.get(RedactRecords.REJECTED), rejected))
        .and(WriteDataset.TALLIES, clean.get(RedactRecords.TALLIES))
        .and(WriteDataset.REDACTIONS, clean.get(RedactRecords.REDACTIONS))
        .and(WriteDataset.NOTES, notes(read, decided))
        .and(WriteDataset.TOGETHER, decided.together())
        .and(WriteDataset.UNDIVIDED, decided.undivided())
        .and(WriteDataset.COMMON, decided.common())
        .and(WriteDataset.LEFT_OUT, decided.leftOut())
        .and(
            WriteDataset.REFUSALS,
            together("CollectRefusals", read.refusals(), carried.refusals(decided.refusals())))
        .apply(
            "Write",
            WriteDataset.to(publication, hash, byGroup).inBuckets(plan.sizing().buckets()));
  }

  private static PCollectionTuple withImprovements(PCollectionTuple written, ReadOutput read) {
    return read.has(ReadOutput.IMPROVEMENTS)
        ? written.and(WriteDataset.IMPROVEMENTS, read.get(ReadOutput.IMPROVEMENTS))
        : written;
  }

  private static PCollection<String> notes(ReadOutput read, Decided decided) {
    PCollection<String> ofSplit = decided.notes();
    return read.has(ReadOutput.NOTES)
        ? together("CollectNotes", ofSplit, List.of(read.get(ReadOutput.NOTES)))
        : ofSplit;
  }

  private static <T> PCollection<T> together(
      String step, PCollection<T> first, List<PCollection<T>> others) {
    return PCollectionList.of(first).and(others).apply(step, Flatten.pCollections());
  }
}
