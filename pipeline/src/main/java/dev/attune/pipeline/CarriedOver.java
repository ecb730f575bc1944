package dev.attune.pipeline;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.encode.EncodeCarried;
import dev.attune.pipeline.encode.EncodeExamples;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.source.previous.PreviousDataset;
import dev.attune.pipeline.source.previous.ReadPrevious;
import dev.attune.pipeline.write.WriteDataset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * The examples of the previous dataset on their way into the new one: they join those that were
 * read where records are first compared. Without a previous dataset nothing of it is in the graph.
 *
 * @param read out of {@link ReadPrevious}, or null
 * @param encoded out of {@link EncodeCarried}, or null
 */
record CarriedOver(@Nullable PCollectionTuple read, @Nullable PCollectionTuple encoded) {

  static CarriedOver from(Pipeline pipeline, PreparePlan prepared) {
    PreviousDataset previous = prepared.previous();
    if (previous == null) {
      return new CarriedOver(null, null);
    }
    DatasetConfig config = prepared.config().dataset();
    PCollectionTuple read = pipeline.apply("ReadPrevious", ReadPrevious.of(previous));
    PCollectionTuple encoded =
        read.get(ReadPrevious.EXAMPLES)
            .apply(
                "EncodePrevious",
                EncodeCarried.of(
                        config.task(), config.output().format(), config.rules().split().byGroup())
                    .withShingles(config.rules().duplicates().near()));
    return new CarriedOver(read, encoded);
  }

  /** These and those that were read and encoded. */
  PCollectionTuple with(PCollectionTuple examples) {
    if (encoded == null) {
      return examples;
    }
    PCollectionTuple both =
        PCollectionTuple.of(
            EncodeExamples.BODIES, together("Bodies", EncodeExamples.BODIES, examples, encoded));
    both =
        both.and(
            EncodeExamples.IDENTITIES,
            together("Identities", EncodeExamples.IDENTITIES, examples, encoded));
    both =
        both.and(EncodeExamples.ASKED, together("Asked", EncodeExamples.ASKED, examples, encoded));
    return both.and(
        EncodeExamples.SHINGLES, together("Shingles", EncodeExamples.SHINGLES, examples, encoded));
  }

  private static <T> PCollection<T> together(
      String name, TupleTag<T> tag, PCollectionTuple examples, PCollectionTuple carried) {
    return PCollectionList.of(examples.get(tag))
        .and(carried.get(tag))
        .apply("CarryOver" + name, Flatten.pCollections());
  }

  /** Tells the last stage how many there are. */
  PCollectionTuple tell(PCollectionTuple written) {
    if (read == null) {
      return written;
    }
    PCollection<Tally> tallies = read.get(ReadPrevious.TALLIES);
    return written.and(WriteDataset.CARRIED, tallies);
  }

  /** Why the run is refused: what other stages say, and what was found here. */
  List<PCollection<Refusal>> refusals(List<PCollection<Refusal>> others) {
    List<PCollection<Refusal>> all = new ArrayList<>(others);
    if (read != null && encoded != null) {
      all.add(read.get(ReadPrevious.REFUSALS));
      all.add(encoded.get(EncodeCarried.REFUSALS));
    }
    return all;
  }
}
