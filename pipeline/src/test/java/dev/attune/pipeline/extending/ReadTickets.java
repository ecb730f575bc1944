package dev.attune.pipeline.extending;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.schema.Turn;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Reads tickets, one a line: id, customer, question and answer, divided by tabs. */
final class ReadTickets extends PTransform<PBegin, SourceOutput> {
  private final String files;

  ReadTickets(String files) {
    this.files = files;
  }

  @Override
  public SourceOutput expand(PBegin begin) {
    return SourceOutput.of(
        begin
            .apply("ReadLines", TextIO.read().from(files))
            .apply(
                "ParseTicket",
                MapElements.into(TypeDescriptor.of(Example.class)).via(ReadTickets::example)));
  }

  private static Example example(String line) {
    String[] fields = line.split("\t", -1);
    return Example.builder(SourceName.FEEDBACK, fields[0])
        .group(fields[1])
        .turns(Turn.user(fields[2]), Turn.model(fields[3]));
  }
}
