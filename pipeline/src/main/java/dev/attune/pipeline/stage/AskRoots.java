package dev.attune.pipeline.stage;

import dev.attune.pipeline.coder.Either;
import dev.attune.pipeline.coder.EitherCoder;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RootsCoder;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.Roots;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * A step that asks for the root of a node of each element. The roots are a side input, or they are
 * joined with the elements by key, in buckets of nodes; see {@link FindComponents}. The output is
 * the same. Memory: the side input, or the roots of one bucket.
 *
 * @param <T> the elements
 */
public final class AskRoots<T> extends PTransform<PCollection<T>, PCollectionTuple> {
  private final FindComponents.FoundComponents found;
  private final Question<T> question;
  private final TupleTag<?> main;
  private final TupleTagList others;

  /**
   * @param others the tags of the outputs after the main one
   */
  public AskRoots(
      FindComponents.FoundComponents found,
      Question<T> question,
      TupleTag<?> main,
      TupleTagList others) {
    this.found = found;
    this.question = question;
    this.main = main;
    this.others = others;
  }

  /**
   * What is done with an element and the roots.
   *
   * @param coder of the elements
   * @param node returns the only node of an element whose root is asked for
   * @param step the work
   * @param sides side inputs of the step
   */
  public record Question<T>(
      Coder<T> coder, NodeOf<T> node, Step<T> step, List<PCollectionView<?>> sides)
      implements Serializable {
    public Question {
      sides = List.copyOf(sides);
    }
  }

  /** Returns the node of an element. */
  @FunctionalInterface
  public interface NodeOf<T> extends Serializable {
    /** Returns the node. */
    long of(T element);
  }

  /** Works on an element. */
  @FunctionalInterface
  public interface Step<T> extends Serializable {
    /**
     * Works on an element.
     *
     * @param roots has the root of the element's node, and perhaps not those of others
     * @param context gives the side inputs; its element is another one
     */
    void process(
        T element, Roots roots, DoFn<?, ?>.ProcessContext context, DoFn.MultiOutputReceiver out);
  }

  @Override
  public PCollectionTuple expand(PCollection<T> elements) {
    PCollectionView<Roots> roots = found.roots();
    if (roots != null) {
      List<PCollectionView<?>> sides = new ArrayList<>(question.sides());
      sides.add(roots);
      return elements.apply(
          "Ask", outputs(ParDo.of(new AskViewFn<>(question, roots)).withSideInputs(sides)));
    }
    int buckets = found.buckets();
    EitherCoder<Roots, T> coder = EitherCoder.of(RootsCoder.of(), question.coder());
    NodeOf<T> node = question.node();
    PCollection<KV<Integer, byte[]>> parts =
        found
            .parts()
            .apply(
                "PackRoots",
                PackInBuckets.of(
                    coder, (part, out) -> out.add(part.getKey(), Either.left(part.getValue()))));
    PCollection<KV<Integer, byte[]>> asking =
        elements.apply(
            "PackByNode",
            PackInBuckets.of(
                coder,
                (element, out) ->
                    out.add(
                        new Key128(0, node.of(element)).bucket(buckets), Either.right(element))));
    return Gather.flatten("CollectByNode", parts, asking)
        .apply("GroupByNode", GroupByKey.create())
        .apply(
            "Ask",
            outputs(ParDo.of(new AskBucketFn<>(question, coder)).withSideInputs(question.sides())));
  }

  @SuppressWarnings("unchecked") // a tag only names an output
  private <E> ParDo.MultiOutput<E, Object> outputs(ParDo.SingleOutput<E, Object> step) {
    return step.withOutputTags((TupleTag<Object>) main, others);
  }

  private static final class AskViewFn<T> extends DoFn<T, Object> {
    private final Step<T> step;
    private final CachedSideInput<Roots> roots;

    AskViewFn(Question<T> question, PCollectionView<Roots> roots) {
      this.step = question.step();
      this.roots = new CachedSideInput<>(roots);
    }

    @ProcessElement
    public void processElement(ProcessContext context, MultiOutputReceiver out) {
      step.process(context.element(), roots.get(context), context, out);
    }
  }

  private static final class AskBucketFn<T> extends DoFn<KV<Integer, Iterable<byte[]>>, Object> {
    private final Step<T> step;
    private final EitherCoder<Roots, T> coder;

    AskBucketFn(Question<T> question, EitherCoder<Roots, T> coder) {
      this.step = question.step();
      this.coder = coder;
    }

    @ProcessElement
    public void processElement(ProcessContext context, MultiOutputReceiver out) {
      Iterable<byte[]> packs = context.element().getValue();
      Roots roots = Roots.NONE;
      for (byte[] pack : packs) {
        Roots part = values(pack).next().left(); // a pack has parts of roots only, or elements
        if (part != null) {
          roots = part;
        }
      }
      for (byte[] pack : packs) {
        for (Iterator<Either<Roots, T>> values = values(pack); values.hasNext(); ) {
          T element = values.next().right();
          if (element != null) {
            step.process(element, roots, context, out);
          }
        }
      }
    }

    private Iterator<Either<Roots, T>> values(byte[] pack) {
      return Packs.values(List.of(pack), coder).iterator();
    }
  }
}
