package dev.attune.pipeline.source.file;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.SourceOutput;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;

/** Outputs what a step reads, and counts it. */
public final class OutputSink implements ReadSink {
  private final Class<?> step;
  private final Counter read;
  private final OutputReceiver<Example> examples;
  private final OutputReceiver<RejectedRecord> rejectedRecords;
  private final OutputReceiver<Refusal> refusals;
  private Tally tally;

  /**
   * Creates a sink.
   *
   * @param step the namespace of its metrics
   * @param tally of what was read before
   */
  public OutputSink(Class<?> step, Tally tally, MultiOutputReceiver out) {
    this.step = step;
    this.read = Metrics.counter(step, "read");
    this.tally = tally;
    this.examples = out.get(SourceOutput.EXAMPLES);
    this.rejectedRecords = out.get(SourceOutput.REJECTED);
    this.refusals = out.get(SourceOutput.REFUSALS);
  }

  @Override
  public void example(Example example) {
    count(example.id());
    examples.output(example);
  }

  @Override
  public void rejected(RejectedRecord rejected) {
    count(rejected.id());
    Metrics.counter(step, "rejected_" + rejected.reason()).inc();
    rejectedRecords.output(rejected);
  }

  @Override
  public void refusal(Refusal refusal) {
    refusals.output(refusal);
  }

  /** Counts a record that another step outputs. */
  public void count(String fullId) {
    read.inc();
    WorkDone.add(Kind.RECORDS_READ, 1);
    tally = tally.plus(fullId);
  }

  /** Returns the tally of what was read, including what was read before. */
  public Tally tally() {
    return tally;
  }
}
