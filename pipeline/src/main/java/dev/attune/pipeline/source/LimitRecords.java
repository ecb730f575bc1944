package dev.attune.pipeline.source;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Keeps the first records of a source in the order of the hash of id and place, for a try; the
 * others count as not read. The same records whatever the order of reading. Memory: 8 bytes a
 * record kept.
 */
public final class LimitRecords extends PTransform<PCollectionTuple, ReadOutput> {
  // 40 bits of the id are left: of ten million ids about 45 pairs share them, and are ordered by
  // their places.
  private static final int PLACE_BITS = 24;

  private final SourceName source;
  private final int limit;

  private LimitRecords(SourceName source, int limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Creates a step that keeps so many records of a source. */
  public static LimitRecords of(SourceName source, int limit) {
    return new LimitRecords(source, limit);
  }

  @Override
  public ReadOutput expand(PCollectionTuple all) {
    PCollection<Example> examples = all.get(ReadOutput.EXAMPLES);
    PCollection<RejectedRecord> rejected = all.get(ReadOutput.REJECTED);
    PCollectionView<List<Long>> first =
        PCollectionList.of(
                examples.apply("HashExamples", ParDo.of(new HashFn<>(LimitRecords::examplePlace))))
            .and(
                rejected.apply("HashRejected", ParDo.of(new HashFn<>(LimitRecords::rejectedPlace))))
            // The DirectRunner may wait for ever for a side input that is empty; see AssignSplit.
            .and(all.getPipeline().apply("HashOfNone " + source.key(), Create.of(Long.MAX_VALUE)))
            .apply("CollectHashes", Flatten.pCollections())
            .apply("FindFirst", Top.<Long>smallest(limit))
            .apply("ViewFirst", View.asSingleton());
    PCollectionTuple keptExamples =
        keep("KeepExamples", examples, LimitRecords::examplePlace, ReadOutput.EXAMPLES, first);
    PCollectionTuple keptRejected =
        keep("KeepRejected", rejected, LimitRecords::rejectedPlace, ReadOutput.REJECTED, first);
    PCollection<Tally> tallies =
        PCollectionList.of(keptExamples.get(ReadOutput.TALLIES))
            .and(keptRejected.get(ReadOutput.TALLIES))
            .apply("CollectTallies", Flatten.pCollections());
    return ReadOutput.of(
        PCollectionTuple.of(ReadOutput.EXAMPLES, keptExamples.get(ReadOutput.EXAMPLES))
            .and(ReadOutput.REJECTED, keptRejected.get(ReadOutput.REJECTED))
            .and(ReadOutput.TALLIES, tallies)
            .and(ReadOutput.REFUSALS, all.get(ReadOutput.REFUSALS)));
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
            .withOutputTags(tag, TupleTagList.of(ReadOutput.TALLIES)));
  }

  /** What identifies a record. */
  private record Place(String id, String location) {
    /** Returns a hash of the id; its lowest bits are of the place, for records of one id. */
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

  private static final class HashFn<T> extends DoFn<T, Long> {
    private final SerializableFunction<T, Place> place;

    HashFn(SerializableFunction<T, Place> place) {
      this.place = place;
    }

    @ProcessElement
    public void processElement(@Element T record, OutputReceiver<Long> out) {
      out.output(place.apply(record).hash());
    }
  }

  private static final class KeepFn<T> extends DoFn<T, T> {
    private final String outcome;
    private final SerializableFunction<T, Place> place;
    private final TupleTag<T> kept;
    private final PCollectionView<List<Long>> first;

    KeepFn(
        String outcome,
        SerializableFunction<T, Place> place,
        TupleTag<T> kept,
        PCollectionView<List<Long>> first) {
      this.outcome = outcome;
      this.place = place;
      this.kept = kept;
      this.first = first;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      // Ascending, so the last is the greatest hash that stays.
      List<Long> smallest = context.sideInput(first);
      Place of = place.apply(context.element());
      if (of.hash() <= smallest.get(smallest.size() - 1)) {
        context.output(kept, context.element());
        context.output(ReadOutput.TALLIES, Tally.none(outcome).plus(of.id()));
      }
    }
  }
}
