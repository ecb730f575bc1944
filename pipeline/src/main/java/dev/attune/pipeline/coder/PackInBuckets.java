package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Packs the values of a bucket before they are grouped: one array contains many encoded values, one
 * after the other. The cost of grouping depends on the number of elements, and the DirectRunner
 * copies every element of a bucket through its coder each time a bundle adds to the bucket; an
 * array is copied as it is. {@link Packs} decodes the values. Keeps no order. Memory: 32 MB and one
 * value.
 *
 * @param <E> the elements
 * @param <T> the values; their coder must mark the end of a value
 */
public final class PackInBuckets<E, T>
    extends PTransform<PCollection<E>, PCollection<KV<Integer, byte[]>>> {
  private final Coder<T> coder;
  private final Spread<E, T> spread;

  private PackInBuckets(Coder<T> coder, Spread<E, T> spread) {
    this.coder = coder;
    this.spread = spread;
  }

  /** Returns the stage for values that are keyed by their buckets. */
  public static <T> PackInBuckets<KV<Integer, T>, T> of(Coder<T> coder) {
    return new PackInBuckets<>(coder, (value, out) -> out.add(value.getKey(), value.getValue()));
  }

  /**
   * Returns the stage for elements that give any number of values. The values are packed in the
   * same step in which the elements give them.
   */
  public static <E, T> PackInBuckets<E, T> of(Coder<T> coder, Spread<E, T> spread) {
    return new PackInBuckets<>(coder, spread);
  }

  /** Gives the values of an element and their buckets. */
  @FunctionalInterface
  public interface Spread<E, T> extends Serializable {
    void spread(E element, Buckets<T> out) throws IOException;
  }

  /** Receives values for buckets. */
  @FunctionalInterface
  public interface Buckets<T> {
    void add(Integer bucket, T value) throws IOException;
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<E> elements) {
    return elements
        .apply("PackValues", ParDo.of(new PackFn<>(coder, spread)))
        .setCoder(KvCoder.of(VarIntCoder.of(), new PackCoder()));
  }

  private static final class PackFn<E, T> extends DoFn<E, KV<Integer, byte[]>> {
    private final Coder<T> coder;
    private final Spread<E, T> spread;
    private transient @Nullable Packing<T> packing;

    PackFn(Coder<T> coder, Spread<E, T> spread) {
      this.coder = coder;
      this.spread = spread;
    }

    @StartBundle
    public void startBundle() {
      packing = new Packing<>(coder);
    }

    @ProcessElement
    public void processElement(@Element E element, OutputReceiver<KV<Integer, byte[]>> out)
        throws IOException {
      Packing<T> open = packing();
      spread.spread(
          element,
          (bucket, value) ->
              open.add(bucket, value, (full, pack) -> out.output(KV.of(full, pack))));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      packing()
          .finish(
              (bucket, pack) ->
                  context.output(
                      KV.of(bucket, pack),
                      BoundedWindow.TIMESTAMP_MIN_VALUE,
                      GlobalWindow.INSTANCE));
    }

    private Packing<T> packing() {
      if (packing == null) {
        throw new IllegalStateException("a bundle that was not started");
      }
      return packing;
    }
  }
}
