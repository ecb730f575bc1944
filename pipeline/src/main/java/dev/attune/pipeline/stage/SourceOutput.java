package dev.attune.pipeline.stage;

import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The output of reading a source: every record read is one example or one rejected record, and is
 * counted once in the tallies.
 *
 * @param examples records that can become lines of a dataset
 * @param rejected records that cannot become lines
 * @param tallies the number of records read, by source; any number of partial sums
 * @param refusals reasons to publish nothing
 * @param notes sentences for the user, or null
 * @param improvements counts of improvements, or null
 */
public record SourceOutput(
    PCollection<Example> examples,
    PCollection<RejectedRecord> rejected,
    PCollection<Tally> tallies,
    PCollection<Refusal> refusals,
    @Nullable PCollection<String> notes,
    @Nullable PCollection<ImprovementCounts> improvements)
    implements CollectionRecord<SourceOutput> {
  /** Tags for DoFns that read. */
  public static final TupleTag<Example> EXAMPLES = new TupleTag<>("examples") {};

  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};
  public static final TupleTag<Tally> TALLIES = new TupleTag<>("tallies") {};
  public static final TupleTag<Refusal> REFUSALS = new TupleTag<>("refusals") {};

  /** Returns the output of a ParDo with the four tags. */
  public static SourceOutput of(PCollectionTuple outputs) {
    return new SourceOutput(
        outputs.get(EXAMPLES),
        outputs.get(REJECTED),
        outputs.get(TALLIES),
        outputs.get(REFUSALS),
        null,
        null);
  }

  /**
   * Returns the examples, which were read elsewhere, with their tallies. Nothing is rejected or
   * refused.
   */
  public static SourceOutput of(PCollection<Example> examples) {
    Pipeline pipeline = examples.getPipeline();
    PCollection<Tally> tallies =
        examples
            .apply(
                "TallyExamples",
                MapElements.into(new TypeDescriptor<KV<String, Tally>>() {})
                    .via(
                        example -> {
                          String source = example.source().key();
                          return KV.of(source, Tally.none(source).plus(example.id()));
                        }))
            .apply("SumTallies", Combine.perKey(SourceOutput::sum))
            .apply("TakeTallies", Values.create());
    return new SourceOutput(
        examples,
        pipeline.apply("RejectNothing", Create.empty(TypeDescriptor.of(RejectedRecord.class))),
        tallies,
        pipeline.apply("RefuseNothing", Create.empty(TypeDescriptor.of(Refusal.class))),
        null,
        null);
  }

  private static Tally sum(Iterable<Tally> tallies) {
    Tally sum = null;
    for (Tally tally : tallies) {
      sum = sum == null ? tally : sum.plus(tally);
    }
    return Objects.requireNonNull(sum);
  }

  /** Returns this with other notes and counts of improvements. */
  public SourceOutput with(
      @Nullable PCollection<String> otherNotes,
      @Nullable PCollection<ImprovementCounts> otherImprovements) {
    return new SourceOutput(examples, rejected, tallies, refusals, otherNotes, otherImprovements);
  }

  /** Flattens the output of at least one source. */
  public static SourceOutput flatten(List<SourceOutput> sources) {
    return new SourceOutput(
        Gather.flatten("CollectExamples", sources.stream().map(SourceOutput::examples).toList()),
        Gather.flatten("CollectRejected", sources.stream().map(SourceOutput::rejected).toList()),
        Gather.flatten("CollectTallies", sources.stream().map(SourceOutput::tallies).toList()),
        Gather.flatten("CollectRefusals", sources.stream().map(SourceOutput::refusals).toList()),
        flattenOptional("CollectNotes", sources, SourceOutput::notes),
        flattenOptional("CollectImprovements", sources, SourceOutput::improvements));
  }

  private static <T> @Nullable PCollection<T> flattenOptional(
      String step,
      List<SourceOutput> sources,
      Function<SourceOutput, @Nullable PCollection<T>> component) {
    List<PCollection<T>> parts = sources.stream().map(component).filter(Objects::nonNull).toList();
    return parts.isEmpty() ? null : Gather.flatten(step, parts);
  }
}
