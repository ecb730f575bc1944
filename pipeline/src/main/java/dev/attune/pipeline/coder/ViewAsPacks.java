package dev.attune.pipeline.coder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * All values as a side input that always holds something: each encoded, and one array of no bytes.
 * {@link Packs} gives the values back.
 *
 * <p>A side input without elements can hang the DirectRunner for ever. It is filled from another
 * thread once its watermark has passed (SideInputContainer.WriteEmptyViewContents), and that does
 * not wake the driver (QuiescenceDriver): where the step that waits was tried for the last time
 * before that moment, as happens on a busy machine, nothing tries it again. A side input with
 * elements is filled by a step whose result does wake it.
 *
 * @param <T> the values; their coder must say where a value ends
 */
public final class ViewAsPacks<T>
    extends PTransform<PCollection<T>, PCollectionView<Iterable<byte[]>>> {
  private final Coder<T> coder;

  private ViewAsPacks(Coder<T> coder) {
    this.coder = coder;
  }

  /** Of values with this coder. */
  public static <T> ViewAsPacks<T> of(Coder<T> coder) {
    return new ViewAsPacks<>(coder);
  }

  @Override
  public PCollectionView<Iterable<byte[]>> expand(PCollection<T> values) {
    PCollection<byte[]> encoded =
        values.apply("EncodeValues", ParDo.of(new EncodeFn<>(coder))).setCoder(ByteArrayCoder.of());
    PCollection<byte[]> nothing =
        values
            .getPipeline()
            .apply("AddNothing", Create.of(new byte[0]).withCoder(ByteArrayCoder.of()));
    return PCollectionList.of(encoded)
        .and(nothing)
        .apply("CollectValues", Flatten.pCollections())
        .apply("ViewValues", View.asIterable());
  }

  private static final class EncodeFn<T> extends DoFn<T, byte[]> {
    private final Coder<T> coder;

    EncodeFn(Coder<T> coder) {
      this.coder = coder;
    }

    @ProcessElement
    public void processElement(@Element T value, OutputReceiver<byte[]> out) throws IOException {
      ByteArrayOutputStream pack = new ByteArrayOutputStream();
      coder.encode(value, pack);
      out.output(pack.toByteArray());
    }
  }
}
