package com.example;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.Task;
import dev.attune.format.openai.OpenAiFormat;
import dev.attune.pipeline.dedup.DistinctRecords;
import dev.attune.pipeline.dedup.DropDuplicates;
import dev.attune.pipeline.encode.EncodeExamples;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.redact.RedactRecords;
import dev.attune.pipeline.redact.RedactedRecords;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.split.AssignSplit;
import dev.attune.pipeline.split.SplitDecisions;
import dev.attune.pipeline.stage.ComparedRecords;
import dev.attune.pipeline.stage.DecidedExamples;
import dev.attune.pipeline.stage.EncodedExamples;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.pipeline.write.ApplyDecisions;
import dev.attune.pipeline.write.DividedExamples;
import dev.attune.schema.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Curates a tab-separated file of tickets with stages of Attune: {@code OwnPipeline IN OUT}. */
public final class OwnPipeline {
  private OwnPipeline() {}

  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create();
    PCollection<Example> tickets =
        pipeline
            .apply("ReadTickets", TextIO.read().from(args[0]))
            .apply(
                "ParseTicket",
                MapElements.into(TypeDescriptor.of(Example.class)).via(OwnPipeline::example));
    DividedExamples divided = curate(tickets);
    divided.training().apply("Training", lines()).apply(write(args[1] + "/training"));
    divided.validation().apply("Validation", lines()).apply(write(args[1] + "/validation"));
    divided
        .rejected()
        .apply("Rejected", MapElements.into(TypeDescriptors.strings()).via(OwnPipeline::reason))
        .apply(write(args[1] + "/rejected"));
    pipeline.run().waitUntilFinish();
  }

  /** Redacts tickets, drops exact and near duplicates, and splits what is left by customer. */
  static DividedExamples curate(PCollection<Example> tickets) {
    ContentHash hash = ContentHash.of("tickets");
    DuplicateRule duplicates = new DuplicateRule(true, 0.7);
    SplitRule split = new SplitRule(0.25, true, "tickets");
    RedactedRecords clean =
        SourceOutput.of(tickets)
            .apply("Redact", RedactRecords.of(List.of("email", "phone"), hash, null));
    EncodedExamples encoded =
        clean
            .examples()
            .apply(
                "Encode",
                EncodeExamples.of(Task.CONVERSATION, new OpenAiFormat(), true).withShingles(true));
    DistinctRecords distinct =
        ComparedRecords.of(encoded).apply("DropDuplicates", DropDuplicates.by(duplicates));
    SplitDecisions assigned =
        distinct.records().apply("AssignSplit", AssignSplit.by(split).keepingApart(duplicates));
    return new DecidedExamples(encoded.bodies(), assigned.decisions())
        .apply("Divide", ApplyDecisions.of(hash));
  }

  /** Parses {@code id, customer, question, answer}. */
  static Example example(String line) {
    String[] fields = line.split("\t");
    return Example.builder(SourceName.FEEDBACK, fields[0])
        .group(fields[1])
        .turns(Turn.user(fields[2]), Turn.model(fields[3]));
  }

  private static MapElements<EncodedExample, String> lines() {
    return MapElements.into(TypeDescriptors.strings())
        .via(
            (EncodedExample example) -> new String(example.line().bytes(), StandardCharsets.UTF_8));
  }

  private static String reason(RejectedRecord rejected) {
    return rejected.id() + " " + rejected.reason() + " " + rejected.duplicateOf();
  }

  private static TextIO.Write write(String file) {
    return TextIO.write().to(file).withSuffix(".txt").withoutSharding();
  }
}
