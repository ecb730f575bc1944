package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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

/**
 * Packs values of one bucket before they are grouped: many of them, encoded one behind the other,
 * in one array. Grouping costs by the element, and on the DirectRunner it copies every element of a
 * bucket through its coder each time that a bundle adds to the bucket; an array is copied as it is.
 * {@link Packs} gives the values back. Keeps no order. Memory: {@link #MAXIMUM_BYTES} and one
 * value.
 *
 * @param <T> the values; their coder must say where a value ends
 */
public final class PackInBuckets<T>
    extends PTransform<PCollection<KV<Integer, T>>, PCollection<KV<Integer, byte[]>>> {
  private static final int PACK_BYTES = 1 << 18;
  private static final int MAXIMUM_BYTES = 1 << 25;

  private final Coder<T> coder;

  private PackInBuckets(Coder<T> coder) {
    this.coder = coder;
  }

  /** Of values with this coder. */
  public static <T> PackInBuckets<T> of(Coder<T> coder) {
    return new PackInBuckets<>(coder);
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<KV<Integer, T>> values) {
    return values
        .apply("PackValues", ParDo.of(new PackFn<>(coder)))
        .setCoder(KvCoder.of(VarIntCoder.of(), new PackCoder()));
  }

  private static final class PackFn<T> extends DoFn<KV<Integer, T>, KV<Integer, byte[]>> {
    private final Coder<T> coder;
    private transient Map<Integer, Pack> packs = new HashMap<>();
    private transient long bytes;

    PackFn(Coder<T> coder) {
      this.coder = coder;
    }

    @StartBundle
    public void startBundle() {
      packs = new HashMap<>();
      bytes = 0;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, T> value, OutputReceiver<KV<Integer, byte[]>> out) throws IOException {
      Integer bucket = value.getKey();
      Pack pack = packs.computeIfAbsent(bucket, b -> new Pack());
      int before = pack.size;
      coder.encode(value.getValue(), pack);
      bytes += pack.size - before;
      if (pack.size >= PACK_BYTES) {
        packs.remove(bucket);
        bytes -= pack.size;
        out.output(KV.of(bucket, pack.toByteArray()));
      } else if (bytes >= MAXIMUM_BYTES) {
        packs.forEach((other, full) -> out.output(KV.of(other, full.toByteArray())));
        startBundle();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      packs.forEach(
          (bucket, pack) ->
              context.output(
                  KV.of(bucket, pack.toByteArray()),
                  BoundedWindow.TIMESTAMP_MIN_VALUE,
                  GlobalWindow.INSTANCE));
      startBundle();
    }
  }

  /** An array that grows; not synchronized, unlike ByteArrayOutputStream. */
  private static final class Pack extends OutputStream {
    private static final int FIRST_BYTES = 1 << 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    @Override
    public void write(int b) {
      grow(1);
      bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      grow(length);
      System.arraycopy(from, offset, bytes, size, length);
      size += length;
    }

    private void grow(int more) {
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
      }
    }

    byte[] toByteArray() {
      return Arrays.copyOf(bytes, size);
    }
  }
}
