package dev.attune.pipeline.source.previous;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.source.file.ListWork;
import dev.attune.pipeline.stage.SourceOutput;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Reads the examples of the previous dataset, each once, in no order. They do not count as records
 * and have separate tallies. A worker has one example in memory.
 */
public final class ReadPrevious extends PTransform<PBegin, PreviousExamples> {
  private static final TupleTag<CarriedExample> EXAMPLES = new TupleTag<>() {};

  private final List<CarriedRange> ranges;
  private final @Nullable String lists;

  private ReadPrevious(List<CarriedRange> ranges, @Nullable String lists) {
    this.ranges = ranges;
    this.lists = lists;
  }

  /** Creates the step that reads this dataset. */
  public static ReadPrevious of(PreviousDataset dataset) {
    return new ReadPrevious(dataset.ranges(), null);
  }

  /**
   * Returns a step that writes a long list of ranges into a folder, see {@link ListWork}.
   *
   * @param folder which all workers reach, or null
   */
  public ReadPrevious listedIn(@Nullable String folder) {
    return new ReadPrevious(ranges, folder);
  }

  @Override
  public PreviousExamples expand(PBegin begin) {
    PCollectionTuple read =
        begin
            .apply("ListRanges", ListWork.of(ranges, CarriedRange.class, lists))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "ReadLines",
                ParDo.of(new ReadLinesFn())
                    .withOutputTags(
                        EXAMPLES,
                        TupleTagList.of(SourceOutput.TALLIES).and(SourceOutput.REFUSALS)));
    return new PreviousExamples(
        read.get(EXAMPLES), read.get(SourceOutput.TALLIES), read.get(SourceOutput.REFUSALS));
  }

  private static final class ReadLinesFn extends DoFn<CarriedRange, CarriedExample> {
    private static final Counter CARRIED = Metrics.counter(ReadPrevious.class, "carried");

    @ProcessElement
    public void processElement(@Element CarriedRange range, MultiOutputReceiver out)
        throws IOException {
      Tally tally =
          CarriedRangeReader.read(
              range, out.get(EXAMPLES)::output, out.get(SourceOutput.REFUSALS)::output);
      CARRIED.inc(tally.count());
      out.get(SourceOutput.TALLIES).output(tally);
    }
  }
}
