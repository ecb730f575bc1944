package dev.attune.pipeline.stage;

import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.PackInBuckets.Buckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.rejection.Refusal;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Finds the connected components of joined nodes in one worker. Deterministic: the output does not
 * depend on the order of the joins. Memory: the joined nodes, at most {@link
 * Components#MAXIMUM_NODES}. If there are more, the output has no roots and a refusal.
 */
public final class FindComponents
    extends PTransform<PCollection<Join>, FindComponents.FoundComponents> {
  private static final TupleTag<Roots> ROOTS = new TupleTag<>() {};
  private static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  private final Refusal tooMany;

  /** The roots as a side input, and a refusal if there are too many nodes. */
  public record FoundComponents(PCollectionView<Roots> roots, PCollection<Refusal> refusals)
      implements CollectionRecord<FoundComponents> {}

  /**
   * @param tooMany the refusal if there are too many nodes
   */
  public FindComponents(Refusal tooMany) {
    this.tooMany = tooMany;
  }

  @Override
  public FoundComponents expand(PCollection<Join> joins) {
    PCollectionTuple found =
        Gather.withNone("Joins", joins, Join.NONE)
            .apply(
                "PackJoins",
                PackInBuckets.of(
                    RecordCoder.of(Join.class), (Join join, Buckets<Join> out) -> out.add(0, join)))
            .apply("GroupJoins", GroupByKey.create())
            .apply(
                "FindRoots",
                ParDo.of(new FindRootsFn(tooMany))
                    .withOutputTags(ROOTS, TupleTagList.of(REFUSALS)));
    return new FoundComponents(
        found.get(ROOTS).apply("ViewRoots", View.asSingleton()), found.get(REFUSALS));
  }

  private static final class FindRootsFn extends DoFn<KV<Integer, Iterable<byte[]>>, Roots> {
    private final Refusal tooMany;

    FindRootsFn(Refusal tooMany) {
      this.tooMany = tooMany;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> joins, MultiOutputReceiver out) {
      Components components = new Components();
      for (Join join : Packs.values(joins.getValue(), RecordCoder.of(Join.class))) {
        components.join(join);
        if (components.full()) {
          out.get(REFUSALS).output(tooMany);
          out.get(ROOTS).output(Roots.NONE);
          return;
        }
      }
      out.get(ROOTS).output(components.roots());
    }
  }
}
