package dev.attune.pipeline.extending;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.file.OutputSink;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.schema.Turn;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads tickets, one a line: id, customer, question and answer, divided by tabs. Rejects a line
 * with another number of fields, and a ticket without a question or an answer.
 */
final class ReadTickets extends PTransform<PBegin, SourceOutput> {
  private final String files;
  private final ContentHash hash;

  ReadTickets(String files, ContentHash hash) {
    this.files = files;
    this.hash = hash;
  }

  @Override
  public SourceOutput expand(PBegin begin) {
    return SourceOutput.of(
        begin
            .apply("ReadLines", TextIO.read().from(files))
            .apply(
                "ParseTicket",
                ParDo.of(new ParseTicketFn(hash))
                    .withOutputTags(
                        SourceOutput.EXAMPLES,
                        TupleTagList.of(SourceOutput.REJECTED)
                            .and(SourceOutput.TALLIES)
                            .and(SourceOutput.REFUSALS))));
  }

  private static final class ParseTicketFn extends DoFn<String, Example> {
    private static final SourceName SOURCE = SourceName.FEEDBACK;

    private final ContentHash hash;
    private Tally read = Tally.none(SOURCE.key());

    ParseTicketFn(ContentHash hash) {
      this.hash = hash;
    }

    @StartBundle
    public void startBundle() {
      read = Tally.none(SOURCE.key());
    }

    @ProcessElement
    public void processElement(@Element String line, MultiOutputReceiver out) {
      OutputSink sink = new OutputSink(ReadTickets.class, read, out);
      String[] fields = line.split("\t", -1); // -1 keeps empty fields at the end.
      if (fields.length != 4 || fields[0].length() > RejectedRecord.LONGEST_ID) {
        // The hash is the id: the first field may be a text.
        Example unread =
            Example.builder(SOURCE, hash.hex(line.getBytes(UTF_8))).turns(Turn.user(line));
        sink.rejected(rejected(unread, RejectionReason.MALFORMED_RECORD));
      } else if (fields[2].isBlank() || fields[3].isBlank()) {
        sink.rejected(rejected(example(fields), RejectionReason.MISSING_FIELD));
      } else {
        sink.example(example(fields));
      }
      read = sink.tally();
    }

    private static Example example(String[] fields) {
      return Example.builder(SOURCE, fields[0])
          .group(fields[1])
          .turns(Turn.user(fields[2]), Turn.model(fields[3]));
    }

    private RejectedRecord rejected(Example example, RejectionReason reason) {
      return RejectedRecord.of(example, "read", reason, reason.sentence(), hash);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      context.output(
          SourceOutput.TALLIES, read, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }
  }
}
