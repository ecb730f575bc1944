package dev.attune.pipeline.check;

import dev.attune.pipeline.example.Example;
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
 * Checks categories, media and tokens; writes the categories of a classification into the answer.
 *
 * <p>Input: redacted examples. Must be before {@code EncodeExamples}, which needs the answer.
 * Output: the examples that pass; the failures are rejected as {@code UNKNOWN_CATEGORY}, {@code
 * UNSUPPORTED_MEDIA} or {@code TOO_MANY_TOKENS}.
 *
 * <p>Deterministic. Keeps no order. Memory: one example and the taxonomy.
 */
public final class CheckExamples
    extends PTransform<
        PCollection<Example>, WithFailures.Result<PCollection<Example>, RejectedRecord>> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<Example> CHECKED = new TupleTag<>() {};
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  private final ExampleChecker checker;
  private final ContentHash contentHash;

  private CheckExamples(ExampleChecker checker, ContentHash contentHash) {
    this.checker = checker;
    this.contentHash = contentHash;
  }

  /**
   * Creates the step.
   *
   * @param contentHash hashes the texts of rejected records, keyed with the dataset's name
   */
  public static CheckExamples create(ExampleChecker checker, ContentHash contentHash) {
    return new CheckExamples(checker, contentHash);
  }

  @Override
  public WithFailures.Result<PCollection<Example>, RejectedRecord> expand(
      PCollection<Example> examples) {
    var checked =
        examples.apply(
            "CheckExample",
            ParDo.of(new CheckExampleFn(checker, contentHash))
                .withOutputTags(CHECKED, TupleTagList.of(REJECTED)));
    return WithFailures.Result.of(checked.get(CHECKED), checked.get(REJECTED));
  }

  private static final class CheckExampleFn extends DoFn<Example, Example> {
    private static final long serialVersionUID = 1L;

    private final Counter read = Metrics.counter(CheckExamples.class, "read");
    private final Counter kept = Metrics.counter(CheckExamples.class, "kept");
    private final ExampleChecker checker;
    private final ContentHash contentHash;

    CheckExampleFn(ExampleChecker checker, ContentHash contentHash) {
      this.checker = checker;
      this.contentHash = contentHash;
    }

    @ProcessElement
    public void processElement(@Element Example example, MultiOutputReceiver out) {
      read.inc();
      CheckResult result = checker.check(example);
      if (result instanceof CheckResult.Passed passed) {
        kept.inc();
        out.get(CHECKED).output(passed.example());
      } else if (result instanceof CheckResult.Refused refused) {
        Metrics.counter(CheckExamples.class, "rejected_" + refused.reason()).inc();
        out.get(REJECTED)
            .output(
                RejectedRecord.of(
                    example, "check", refused.reason(), refused.detail(), contentHash));
      } else {
        throw new AssertionError(result);
      }
    }
  }
}
