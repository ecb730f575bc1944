package com.example;

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
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;

/** Parses {@code id, customer, question, answer}; rejects a line with another number of fields. */
final class ParseTicketFn extends DoFn<String, Example> {
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
    OutputSink sink = new OutputSink(ParseTicketFn.class, read, out);
    String[] fields = line.split("\t", -1); // -1 keeps empty fields at the end.
    if (fields.length == 4) {
      sink.example(
          Example.builder(SOURCE, fields[0])
              .group(fields[1])
              .turns(Turn.user(fields[2]), Turn.model(fields[3])));
    } else {
      RejectionReason reason = RejectionReason.MALFORMED_RECORD;
      // The hash is the id: the first field may be a text.
      Example unread =
          Example.builder(SOURCE, hash.hex(line.getBytes(UTF_8))).turns(Turn.user(line));
      sink.rejected(RejectedRecord.of(unread, "read", reason, reason.sentence(), hash));
    }
    read = sink.tally();
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    context.output(
        SourceOutput.TALLIES, read, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
  }
}
