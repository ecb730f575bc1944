package dev.attune.pipeline;

import static dev.attune.pipeline.stage.Gather.flatten;

import dev.attune.config.ConfigFault;
import dev.attune.config.CurationRules;
import dev.attune.config.DatasetConfig;
import dev.attune.config.NamedFiles;
import dev.attune.pipeline.check.CheckExamples;
import dev.attune.pipeline.dedup.DistinctRecords;
import dev.attune.pipeline.dedup.DropDuplicates;
import dev.attune.pipeline.encode.CarriedExamples;
import dev.attune.pipeline.prepare.InputFingerprints;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.SubmittedJob;
import dev.attune.pipeline.prompt.JoinPrompts;
import dev.attune.pipeline.prompt.PromptJoins;
import dev.attune.pipeline.redact.RedactRecords;
import dev.attune.pipeline.redact.RedactedRecords;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.run.DraftManifest;
import dev.attune.pipeline.run.PipelineRun;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.score.ScoreExamples;
import dev.attune.pipeline.source.configured.NamedSources;
import dev.attune.pipeline.source.previous.PreviousExamples;
import dev.attune.pipeline.split.SplitDecisions;
import dev.attune.pipeline.stage.ComparedRecords;
import dev.attune.pipeline.stage.DecidedExamples;
import dev.attune.pipeline.stage.EncodedExamples;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.pipeline.write.DatasetParts;
import dev.attune.pipeline.write.DatasetParts.RunCounts;
import dev.attune.pipeline.write.DatasetParts.RunRemarks;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.WriteDataset;
import dev.attune.pipeline.write.destination.PublicationStop;
import dev.attune.place.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/** Builds and runs the pipeline that reads three sources and publishes a dataset. */
public final class PrepareDataset {
  private PrepareDataset() {}

  /**
   * Runs the pipeline and waits for it.
   *
   * @param progress receives the chosen runner, and the progress twice a second
   * @throws PrepareRefusedException if nothing was published for a reason that the user can correct
   * @throws IllegalStateException if the counts of records do not agree, or a worker failed
   */
  public static PrepareResult run(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    return PipelineRun.of(request, PrepareDataset::build).run(progress);
  }

  /**
   * Submits the pipeline to Dataflow and does not wait for it.
   *
   * @return the job, also one that was active before; empty if the dataset stands already
   * @throws PrepareRefusedException if nothing was submitted for a reason that the user can correct
   */
  public static Optional<SubmittedJob> submit(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    return PipelineRun.of(request, PrepareDataset::build).submit(progress);
  }

  /**
   * Writes the job for Dataflow that the option {@code --templateLocation} of Beam asks for, and
   * submits nothing.
   *
   * @return where it was written
   * @throws PrepareRefusedException if nothing was written for a reason that the user can correct
   */
  public static Place writeTemplate(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    return PipelineRun.of(request, PrepareDataset::build).writeTemplate(progress);
  }

  /** Returns the job elsewhere that this process waits for and that goes on without it, if any. */
  public static Optional<SubmittedJob> awaitedJob() {
    return PipelineRun.awaited();
  }

  /**
   * Returns the input fingerprints of a request, with and without its previous dataset. Two
   * requests with the same input fingerprint make the same dataset. Reads every input file and
   * queries the database once; writes nothing.
   *
   * <p>For {@code attune run}: if the previous dataset is not compatible, the caller may prepare
   * without it.
   *
   * @param progress receives the progress of reading
   * @throws PrepareRefusedException if a source cannot be read
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
   * Returns the faults of the files that a configuration names, with their lines in attune.yaml;
   * empty if there are none. Reads only the first bytes of each file, and not the database.
   */
  public static List<ConfigFault> fileFaults(NamedFiles named) {
    return NamedSources.find(named).faults();
  }

  /**
   * Prevents this process from publishing, because it is about to end. Waits for a publication in
   * progress.
   *
   * @return the folder of the dataset that this process published last, or empty
   */
  public static Optional<Place> stopPublishing() {
    PublicationStop stop = PublicationStop.begin();
    return stop.published();
  }

  static void build(Pipeline pipeline, PreparePlan plan, Publication publication) {
    DatasetConfig config = plan.config().dataset();
    String lists = publication.temporary().path();
    build(
        pipeline.apply("Read", plan.sources(pipeline.getOptions()).listedIn(lists)),
        new PrepareSpec(
            config,
            plan.checker(),
            plan.limits(),
            plan.sizing().identityBuckets(),
            plan.previous(),
            WriteDataset.to(
                    publication, ContentHash.of(config.dataset()), config.rules().split().byGroup())
                .inBuckets(plan.sizing().buckets()),
            lists,
            plan.sizing().joinsByKey(pipeline.getOptions())));
  }

  /**
   * Applies all stages after reading to records, and the sink of the spec to the result.
   *
   * @param read the records of any sources; {@link SourceOutput#of(PCollection)} creates them from
   *     examples
   */
  public static void build(SourceOutput read, PrepareSpec spec) {
    DatasetConfig config = spec.config();
    CurationRules rules = config.rules();
    ContentHash hash = ContentHash.of(config.dataset());
    List<PCollection<RejectedRecord>> rejected = new ArrayList<>();

    RedactedRecords clean =
        read.apply("Redact", RedactRecords.of(rules.redact(), hash, config.systemInstruction()));
    rejected.add(clean.rejected());
    EncodedExamples encoded =
        clean
            .examples()
            .apply("Check", CheckExamples.create(spec.checker(), hash))
            .failuresTo(rejected)
            .apply("Score", ScoreExamples.create(rules.quality(), config.task(), hash))
            .failuresTo(rejected)
            .apply("Encode", spec.encode());
    PreviousExamples previous = spec.readPrevious(read.getPipeline());
    CarriedExamples carried =
        previous == null
            ? null
            : previous.examples().apply("EncodePrevious", spec.encodePrevious());
    EncodedExamples all = carried == null ? encoded : encoded.and(carried.encoded());
    PromptJoins prompts = all.asked().apply("JoinPrompts", JoinPrompts.inBuckets(spec.buckets()));
    DistinctRecords distinct =
        ComparedRecords.of(all, prompts.joins())
            .apply(
                "DropDuplicates",
                DropDuplicates.by(rules.duplicates())
                    .withCommonPrompts(prompts.commonView())
                    .inBuckets(spec.buckets())
                    .joiningByKey(spec.joinByKey()));
    SplitDecisions split = distinct.records().apply("AssignSplit", spec.assignSplit());
    new DatasetParts(
            new DecidedExamples(all.bodies(), split.decisions()),
            flatten("CollectRejected", rejected),
            new RunCounts(
                clean.tallies(),
                clean.redactions(),
                previous == null ? null : previous.tallies(),
                read.improvements()),
            new RunRemarks(
                flatten("CollectNotes", split.notes(), read.notes()),
                flatten(
                    "CollectTogether", split.together(), prompts.sentences(), distinct.templates()),
                split.undivided(),
                prompts.common(),
                split.leftOut()),
            flatten(
                "CollectRefusals",
                read.refusals(),
                distinct.refusals(),
                split.refusals(),
                previous == null ? null : previous.refusals(),
                carried == null ? null : carried.refusals()))
        .apply("Write", spec.sink());
  }
}
