package dev.attune.pipeline.stage;

import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.PackInBuckets.Buckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.coder.RootsCoder;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.rejection.Refusal;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connected components of joined nodes in one worker. Deterministic: the output does not
 * depend on the order of the joins. Memory: the joined nodes, at most {@link
 * Components#MAXIMUM_NODES}. If there are more, the output has no roots and a refusal.
 *
 * <p>The roots are a side input of one value, which is fast and is held by each worker, or they are
 * given out in buckets of nodes, with which {@link AskRoots} joins by key.
 */
public final class FindComponents
    extends PTransform<PCollection<Join>, FindComponents.FoundComponents> {
  private static final TupleTag<Roots> ROOTS = new TupleTag<>() {};
  private static final TupleTag<KV<Integer, Roots>> PARTS = new TupleTag<>() {};
  private static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  private final Refusal tooMany;
  private final int buckets;

  /**
   * The roots, and a refusal if there are too many nodes.
   *
   * @param roots a side input; null if there are parts
   * @param parts the roots of each bucket that has any; empty if there is a side input
   * @param buckets of the parts
   */
  public record FoundComponents(
      @Nullable PCollectionView<Roots> roots,
      PCollection<KV<Integer, Roots>> parts,
      int buckets,
      PCollection<Refusal> refusals)
      implements CollectionRecord<FoundComponents> {
    /**
     * Returns a side input with at least the root of one node.
     *
     * @param one a collection of one element
     * @param node returns the node that the element asks for
     */
    public <T> PCollectionView<Roots> of(PCollection<T> one, SerializableFunction<T, Long> node) {
      PCollectionView<Roots> all = roots;
      if (all != null) {
        return all;
      }
      PCollectionView<Long> asked =
          one.apply("TakeNode", MapElements.into(TypeDescriptors.longs()).via(node))
              .apply("ViewNode", View.asSingleton());
      return Gather.sum(
              "Asked",
              parts.apply("TakeRoot", ParDo.of(new TakeFn(asked)).withSideInputs(asked)),
              Roots.NONE,
              FoundComponents::joined)
          .apply("ViewAsked", View.asSingleton());
    }

    /** Of the roots of one node, which stands in one part, returns those that are not empty. */
    private static Roots joined(Iterable<Roots> parts) {
      Roots joined = Roots.NONE;
      for (Roots part : parts) {
        joined = part.equals(Roots.NONE) ? joined : part;
      }
      return joined;
    }
  }

  private FindComponents(Refusal tooMany, int buckets) {
    this.tooMany = tooMany;
    this.buckets = buckets;
  }

  /**
   * Returns the stage with a side input.
   *
   * @param tooMany the refusal if there are too many nodes
   */
  public static FindComponents orRefuse(Refusal tooMany) {
    return new FindComponents(tooMany, 0);
  }

  /**
   * Gives the roots out in buckets.
   *
   * @param count at least 1; or 0 for a side input
   */
  public FindComponents inBuckets(int count) {
    return new FindComponents(tooMany, count);
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
                ParDo.of(new FindRootsFn(tooMany, buckets))
                    .withOutputTags(ROOTS, TupleTagList.of(PARTS).and(REFUSALS)));
    return new FoundComponents(
        buckets == 0 ? found.get(ROOTS).apply("ViewRoots", View.asSingleton()) : null,
        found.get(PARTS).setCoder(KvCoder.of(VarIntCoder.of(), RootsCoder.of())),
        buckets,
        found.get(REFUSALS));
  }

  private static final class FindRootsFn extends DoFn<KV<Integer, Iterable<byte[]>>, Roots> {
    private final Refusal tooMany;
    private final int buckets;

    FindRootsFn(Refusal tooMany, int buckets) {
      this.tooMany = tooMany;
      this.buckets = buckets;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> joins, MultiOutputReceiver out) {
      Components components = new Components();
      for (Join join : Packs.values(joins.getValue(), RecordCoder.of(Join.class))) {
        components.join(join);
        if (components.full()) {
          out.get(REFUSALS).output(tooMany);
          output(Roots.NONE, out);
          return;
        }
      }
      output(components.roots(), out);
    }

    private void output(Roots roots, MultiOutputReceiver out) {
      if (buckets == 0) {
        out.get(ROOTS).output(roots);
      } else {
        roots.inBuckets(buckets, (bucket, part) -> out.get(PARTS).output(KV.of(bucket, part)));
      }
    }
  }

  /** Takes the root of the node that is asked for. */
  private static final class TakeFn extends DoFn<KV<Integer, Roots>, Roots> {
    private final CachedSideInput<Long> asked;

    TakeFn(PCollectionView<Long> asked) {
      this.asked = new CachedSideInput<>(asked);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Roots only = context.element().getValue().only(asked.get(context));
      if (!only.equals(Roots.NONE)) {
        context.output(only);
      }
    }
  }
}
