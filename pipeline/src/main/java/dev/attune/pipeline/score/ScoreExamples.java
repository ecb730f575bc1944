package dev.attune.pipeline.score;

import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.Task;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Scores the texts of the examples of the sources that a rule names. An existing quality is kept.
 *
 * <p>Input: examples, before or after {@code CheckExamples}. Output: the examples with their
 * quality; the failures are rejected as {@code LOW_QUALITY}.
 *
 * <p>Deterministic. Keeps no order. Memory: one example.
 */
public final class ScoreExamples
    extends PTransform<
        PCollection<Example>, WithFailures.Result<PCollection<Example>, RejectedRecord>> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<Example> SCORED = new TupleTag<>() {};
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  private final Scoring scoring;
  private final ContentHash contentHash;

  private ScoreExamples(Scoring scoring, ContentHash contentHash) {
    this.scoring = scoring;
    this.contentHash = contentHash;
  }

  /**
   * Creates a step that scores the answer of a conversation, or the prompt of a classification.
   *
   * @param contentHash hashes the texts of rejected records, keyed with the dataset's name
   */
  public static ScoreExamples create(QualityRule rule, Task task, ContentHash contentHash) {
    return new ScoreExamples(new Scoring(rule, task), contentHash);
  }

  @Override
  public WithFailures.Result<PCollection<Example>, RejectedRecord> expand(
      PCollection<Example> examples) {
    var scored =
        examples.apply(
            "ScoreExample",
            ParDo.of(new ScoreExampleFn(scoring, contentHash))
                .withOutputTags(SCORED, TupleTagList.of(REJECTED)));
    return WithFailures.Result.of(scored.get(SCORED), scored.get(REJECTED));
  }

  private static final class ScoreExampleFn extends DoFn<Example, Example> {
    private static final long serialVersionUID = 1L;

    private final Counter read = Metrics.counter(ScoreExamples.class, "read");
    private final Counter kept = Metrics.counter(ScoreExamples.class, "kept");
    private final Counter rejected =
        Metrics.counter(ScoreExamples.class, "rejected_" + RejectionReason.LOW_QUALITY);
    private final Scoring scoring;
    private final ContentHash contentHash;

    ScoreExampleFn(Scoring scoring, ContentHash contentHash) {
      this.scoring = scoring;
      this.contentHash = contentHash;
    }

    @ProcessElement
    public void processElement(@Element Example example, MultiOutputReceiver out) {
      read.inc();
      ScoreResult result = scoring.score(example);
      if (result instanceof ScoreResult.Kept keeps) {
        kept.inc();
        out.get(SCORED).output(keeps.example());
      } else if (result instanceof ScoreResult.TooLow tooLow) {
        rejected.inc();
        out.get(REJECTED)
            .output(
                RejectedRecord.of(
                    example, "score", RejectionReason.LOW_QUALITY, tooLow.detail(), contentHash));
      } else {
        throw new AssertionError(result);
      }
    }
  }
}
