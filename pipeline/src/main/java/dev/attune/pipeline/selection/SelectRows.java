package dev.attune.pipeline.selection;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.CachedSideInput;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Keeps the first rows in the order of their bases, which are hashes, and writes them into a folder
 * of this machine, in parts by the first digits of the basis. Writes the number of all rows beside
 * them, and a refusal if there is one.
 *
 * <p>Deterministic: the files do not depend on the order of the input. Memory: 32 characters for
 * each kept row, and the rows of a part. Only for runners of this machine.
 */
public final class SelectRows extends PTransform<RowsFound, PDone> {
  private static final Refusal NO_REFUSAL = new Refusal("", "");

  /** Greater than every basis. */
  private static final String GREATEST = "g";

  private final int limit;
  private final SelectionFolder folder;

  private SelectRows(int limit, SelectionFolder folder) {
    this.limit = limit;
    this.folder = folder;
  }

  /**
   * Creates a step.
   *
   * @param limit how many rows are kept
   * @param folder that the rows are written into
   */
  public static SelectRows first(int limit, SelectionFolder folder) {
    return new SelectRows(limit, folder);
  }

  @Override
  public PDone expand(RowsFound found) {
    PCollection<UnimprovedRow> rows = found.rows();
    PCollection<String> bases =
        rows.apply(
            "TakeBases", MapElements.into(TypeDescriptors.strings()).via(UnimprovedRow::basis));
    PCollectionView<List<String>> first =
        Gather.withNone("First", bases, GREATEST)
            .apply("FindFirst", Top.<String>smallest(limit))
            .apply("ViewFirst", View.asSingleton());
    rows.apply("KeepFirst", ParDo.of(new KeepFirstFn(first)).withSideInputs(first))
        .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(UnimprovedRow.class)))
        .apply("GroupByPart", GroupByKey.create())
        .apply("WriteParts", ParDo.of(new WritePartFn(folder)));
    rows.apply("CountRows", Count.globally())
        .apply("WriteCount", ParDo.of(new WriteCountFn(folder)));
    Gather.inOneGroup("Refusals", found.refusals(), NO_REFUSAL)
        .apply("WriteRefusal", ParDo.of(new WriteRefusalFn(folder)));
    return PDone.in(found.getPipeline());
  }

  /** Keeps a row up to the greatest basis that is kept, with the number of its part. */
  private static final class KeepFirstFn extends DoFn<UnimprovedRow, KV<Integer, UnimprovedRow>> {
    private final CachedSideInput<List<String>> first;

    KeepFirstFn(PCollectionView<List<String>> first) {
      this.first = new CachedSideInput<>(first);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      // Ascending, so the last is the greatest basis that is kept.
      List<String> smallest = first.get(context);
      UnimprovedRow row = context.element();
      if (row.basis().compareTo(smallest.get(smallest.size() - 1)) <= 0) {
        context.output(KV.of(SelectionFolder.part(row), row));
      }
    }
  }

  private static final class WritePartFn extends DoFn<KV<Integer, Iterable<UnimprovedRow>>, Void> {
    private final SelectionFolder folder;

    WritePartFn(SelectionFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(@Element KV<Integer, Iterable<UnimprovedRow>> part)
        throws IOException {
      List<UnimprovedRow> rows =
          StreamSupport.stream(part.getValue().spliterator(), false)
              .sorted(Comparator.comparing(UnimprovedRow::basis))
              .toList();
      folder.writePart(part.getKey(), rows);
    }
  }

  private static final class WriteCountFn extends DoFn<Long, Void> {
    private final SelectionFolder folder;

    WriteCountFn(SelectionFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(@Element Long rows) throws IOException {
      folder.writeCount(rows);
    }
  }

  /** Writes the first refusal by its place. */
  private static final class WriteRefusalFn extends DoFn<KV<Integer, Iterable<Refusal>>, Void> {
    private final SelectionFolder folder;

    WriteRefusalFn(SelectionFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(@Element KV<Integer, Iterable<Refusal>> refusals)
        throws IOException {
      Optional<Refusal> first =
          StreamSupport.stream(refusals.getValue().spliterator(), false)
              .filter(refusal -> !refusal.equals(NO_REFUSAL))
              .min(Comparator.comparing(Refusal::place).thenComparing(Refusal::sentence));
      if (first.isPresent()) {
        folder.writeRefusal(first.orElseThrow());
      }
    }
  }
}
