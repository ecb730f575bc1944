package dev.attune.pipeline.source;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.CachedSideInput;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.SourceOutput;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Keeps the first records of a source in the order of a hash of id and location, to try a
 * configuration on few records; the others count as not read. Input: the records of one source.
 * Deterministic: the result does not depend on the order of the input. Memory: 8 bytes per kept
 * record.
 */
public final class LimitRecords extends PTransform<SourceOutput, SourceOutput> {
  // 40 bits of the id are left: of ten million ids about 45 pairs share them, and are ordered by
  // their places.
  private static final int PLACE_BITS = 24;

  private final SourceName source;
  private final int limit;

  private LimitRecords(SourceName source, int limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Creates a step that keeps at most a number of records of a source. */
  public static LimitRecords of(SourceName source, int limit) {
    return new LimitRecords(source, limit);
  }

  @Override
  public SourceOutput expand(SourceOutput all) {
    PCollection<Long> hashes =
        Gather.flatten(
            "CollectHashes",
            all.examples()
                .apply(
                    "HashExamples",
                    MapElements.into(TypeDescriptors.longs())
                        .via(each -> examplePlace(each).hash())),
            all.rejected()
                .apply(
                    "HashRejected",
                    MapElements.into(TypeDescriptors.longs())
                        .via(each -> rejectedPlace(each).hash())));
    PCollectionView<List<Long>> first =
        Gather.withNone("First", hashes, Long.MAX_VALUE)
            .apply("FindFirst", Top.<Long>smallest(limit))
            .apply("ViewFirst", View.asSingleton());
    PCollectionTuple examples =
        keep(
            "KeepExamples",
            all.examples(),
            LimitRecords::examplePlace,
            SourceOutput.EXAMPLES,
            first);
    PCollectionTuple rejected =
        keep(
            "KeepRejected",
            all.rejected(),
            LimitRecords::rejectedPlace,
            SourceOutput.REJECTED,
            first);
    return new SourceOutput(
        examples.get(SourceOutput.EXAMPLES),
        rejected.get(SourceOutput.REJECTED),
        Gather.flatten(
            "CollectTallies",
            examples.get(SourceOutput.TALLIES),
            rejected.get(SourceOutput.TALLIES)),
        all.refusals(),
        all.notes(),
        all.improvements());
  }

  private <T> PCollectionTuple keep(
      String step,
      PCollection<T> records,
      SerializableFunction<T, Place> place,
      TupleTag<T> tag,
      PCollectionView<List<Long>> first) {
    return records.apply(
        step,
        ParDo.of(new KeepFn<>(source.key(), place, tag, first))
            .withSideInputs(first)
            .withOutputTags(tag, TupleTagList.of(SourceOutput.TALLIES)));
  }

  /** The values that identify a record. */
  private record Place(String id, String location) {
    /** Returns a hash of the id. Its lowest bits are a hash of the location, to order equal ids. */
    long hash() {
      long ofId = Hashing.xxh3_64().hashCharsToLong(id);
      long ofPlace = Hashing.xxh3_64().hashCharsToLong(location);
      return (ofId & -1L << PLACE_BITS) | ofPlace >>> (Long.SIZE - PLACE_BITS);
    }
  }

  private static Place examplePlace(Example example) {
    return new Place(example.id(), example.location());
  }

  private static Place rejectedPlace(RejectedRecord record) {
    return new Place(record.id(), record.location());
  }

  private static final class KeepFn<T> extends DoFn<T, T> {
    private final String outcome;
    private final SerializableFunction<T, Place> place;
    private final TupleTag<T> kept;
    private final CachedSideInput<List<Long>> first;

    KeepFn(
        String outcome,
        SerializableFunction<T, Place> place,
        TupleTag<T> kept,
        PCollectionView<List<Long>> first) {
      this.outcome = outcome;
      this.place = place;
      this.kept = kept;
      this.first = new CachedSideInput<>(first);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      // Ascending, so the last is the greatest hash that stays.
      List<Long> smallest = first.get(context);
      Place of = place.apply(context.element());
      if (of.hash() <= smallest.get(smallest.size() - 1)) {
        context.output(kept, context.element());
        context.output(SourceOutput.TALLIES, Tally.none(outcome).plus(of.id()));
      }
    }
  }
}
