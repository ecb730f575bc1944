package dev.attune.pipeline.source;

import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What reading a source gives. Every record read is one example or one rejected record, and is
 * counted once in the tallies under the source's key.
 */
public final class ReadOutput implements POutput {
  public static final TupleTag<Example> EXAMPLES = new TupleTag<>("examples") {};
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};
  public static final TupleTag<Tally> TALLIES = new TupleTag<>("tallies") {};
  public static final TupleTag<Refusal> REFUSALS = new TupleTag<>("refusals") {};

  /** Sentences for the user; optional. */
  public static final TupleTag<String> NOTES = new TupleTag<>("notes") {};

  /** Counts of the improvements by their use; optional. */
  public static final TupleTag<ImprovementCounts> IMPROVEMENTS = new TupleTag<>("improvements") {};

  private final PCollectionTuple outputs;

  private ReadOutput(PCollectionTuple outputs) {
    this.outputs = outputs;
  }

  /** Creates the output from a tuple with these tags; NOTES and IMPROVEMENTS are optional. */
  public static ReadOutput of(PCollectionTuple outputs) {
    return new ReadOutput(outputs);
  }

  /** The first records only, see {@link LimitRecords}. */
  public ReadOutput limitedTo(int limit, SourceName source) {
    return outputs
        .apply("Limit " + source.key(), LimitRecords.of(source, limit))
        .with(NOTES, this)
        .with(IMPROVEMENTS, this);
  }

  private <T> ReadOutput with(TupleTag<T> tag, ReadOutput other) {
    return other.has(tag) ? and(tag, other.get(tag)) : this;
  }

  /** Returns this output with one more tag. */
  public <T> ReadOutput and(TupleTag<T> tag, PCollection<T> more) {
    return new ReadOutput(outputs.and(tag, more));
  }

  /** Returns whether there is a collection for an optional tag. */
  public boolean has(TupleTag<?> tag) {
    return outputs.has(tag);
  }

  /** Returns the collection for a tag. */
  public <T> PCollection<T> get(TupleTag<T> tag) {
    return outputs.get(tag);
  }

  public PCollection<Example> examples() {
    return outputs.get(EXAMPLES);
  }

  public PCollection<RejectedRecord> rejected() {
    return outputs.get(REJECTED);
  }

  public PCollection<Tally> tallies() {
    return outputs.get(TALLIES);
  }

  public PCollection<Refusal> refusals() {
    return outputs.get(REFUSALS);
  }

  @Override
  public Pipeline getPipeline() {
    return outputs.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return outputs.expand();
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    // Its collections are finished by the transforms that made them.
  }
}
