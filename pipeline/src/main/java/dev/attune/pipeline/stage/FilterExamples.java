package dev.attune.pipeline.stage;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.rejection.Verdict;
import dev.attune.pipeline.rejection.Verdict.Kept;
import dev.attune.pipeline.rejection.Verdict.Rejected;
import java.io.Serializable;
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
 * Keeps or rejects each example by a rule, and counts both.
 *
 * <p>Deterministic if the rule is. Keeps no order. Memory: one example.
 */
public abstract class FilterExamples
    extends PTransform<
        PCollection<Example>, WithFailures.Result<PCollection<Example>, RejectedRecord>> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<Example> KEPT = new TupleTag<>() {};
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  private final String stage;
  private final Rule rule;
  private final ContentHash contentHash;

  /** Decides on an example, without looking at others. */
  @FunctionalInterface
  public interface Rule extends Serializable {
    Verdict decide(Example example);
  }

  /**
   * Creates the step.
   *
   * @param stage its name in rejected.jsonl
   * @param contentHash hashes the texts of rejected records, keyed with the dataset's name
   */
  protected FilterExamples(String stage, Rule rule, ContentHash contentHash) {
    this.stage = stage;
    this.rule = rule;
    this.contentHash = contentHash;
  }

  @Override
  public final WithFailures.Result<PCollection<Example>, RejectedRecord> expand(
      PCollection<Example> examples) {
    var filtered =
        examples.apply(
            "FilterExample",
            ParDo.of(new FilterFn(this)).withOutputTags(KEPT, TupleTagList.of(REJECTED)));
    return WithFailures.Result.of(filtered.get(KEPT), filtered.get(REJECTED));
  }

  private static final class FilterFn extends DoFn<Example, Example> {
    private static final long serialVersionUID = 1L;

    private final FilterExamples filter;
    private final Counter read;
    private final Counter kept;

    FilterFn(FilterExamples filter) {
      this.filter = filter;
      this.read = Metrics.counter(filter.getClass(), "read");
      this.kept = Metrics.counter(filter.getClass(), "kept");
    }

    @ProcessElement
    public void processElement(@Element Example example, MultiOutputReceiver out) {
      read.inc();
      Verdict verdict = filter.rule.decide(example);
      if (verdict instanceof Kept keeps) {
        kept.inc();
        out.get(KEPT).output(keeps.example());
      } else if (verdict instanceof Rejected rejects) {
        Metrics.counter(filter.getClass(), "rejected_" + rejects.reason()).inc();
        out.get(REJECTED)
            .output(
                RejectedRecord.of(
                    example, filter.stage, rejects.reason(), rejects.detail(), filter.contentHash));
      } else {
        throw new AssertionError(verdict);
      }
    }
  }
}
