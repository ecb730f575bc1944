package dev.attune.pipeline.source.file;

import dev.attune.bytes.Sha256;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.place.Place;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Lists what the next step is to read. A short list stands in the pipeline itself. A pipeline that
 * is sent to other machines may be a few megabytes large, so a long list is written into a folder
 * when this step is applied, and read from there by one worker as the first step of the run.
 *
 * <p>The file is the number of the items followed by the items, in the coder's bytes; its name has
 * a hash of them, so that applying the step again writes the same file.
 *
 * @param <T> an item
 */
public final class ListWork<T> extends PTransform<PBegin, PCollection<T>> {
  private static final long serialVersionUID = 1;

  /**
   * A range of a file has some 150 to 300 bytes in a list. 16 MB of input are one range, so the
   * list of 100 GB is longer than this even if all names are short.
   */
  private static final int MOST_BYTES_IN_PIPELINE = 256 << 10;

  private static final int HASH_DIGITS = 16;

  private static volatile int mostBytes = MOST_BYTES_IN_PIPELINE;

  private final transient List<T> items;
  private final RecordCoder<T> coder;
  private final @Nullable String folder;

  private ListWork(List<T> items, RecordCoder<T> coder, @Nullable String folder) {
    this.items = items;
    this.coder = coder;
    this.folder = folder;
  }

  /**
   * Creates the step.
   *
   * @param folder of this run, which all workers reach, with a slash at the end; null to let any
   *     list stand in the pipeline
   */
  public static <T> ListWork<T> of(List<T> items, Class<T> type, @Nullable String folder) {
    return new ListWork<>(List.copyOf(items), RecordCoder.of(type), folder);
  }

  /** Sets the length in bytes of the longest list in a pipeline from now on; for tests. */
  static void keepInPipeline(int bytes) {
    mostBytes = bytes;
  }

  /** Sets the standard length again; for tests. */
  static void keepAsUsual() {
    mostBytes = MOST_BYTES_IN_PIPELINE;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the list cannot be written
   */
  @Override
  public PCollection<T> expand(PBegin begin) {
    if (folder != null) {
      byte[] list = encoded();
      if (list.length > mostBytes) {
        return begin
            .apply("NameList", Create.of(written(list, folder)))
            .apply("ReadList", ParDo.of(new ReadListFn<>(coder)))
            .setCoder(coder);
      }
    }
    return begin.apply("Items", Create.of(items).withCoder(coder));
  }

  private byte[] encoded() {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    try {
      VarInt.encode(items.size(), list);
      for (T item : items) {
        coder.encode(item, list);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return list.toByteArray();
  }

  /** Returns the name of the written file. */
  private static String written(byte[] list, String folder) {
    String name = "list-" + Sha256.hex(list).substring(0, HASH_DIGITS);
    Place place = Place.written(folder).resolve(name);
    try {
      place.replace(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return place.toString();
  }

  private static final class ReadListFn<T> extends DoFn<String, T> {
    private static final long serialVersionUID = 1;

    private final RecordCoder<T> coder;

    ReadListFn(RecordCoder<T> coder) {
      this.coder = coder;
    }

    @ProcessElement
    public void processElement(@Element String list, OutputReceiver<T> out) throws IOException {
      try (InputStream in = new BufferedInputStream(Place.written(list).open())) {
        for (int left = VarInt.decodeInt(in); left > 0; left--) {
          out.output(coder.decode(in));
        }
        if (in.read() >= 0) {
          throw new EOFException(list + " has more than its items");
        }
      }
    }
  }
}
