package com.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.Task;
import dev.attune.format.openai.OpenAiFormat;
import dev.attune.pipeline.dedup.DistinctRecords;
import dev.attune.pipeline.dedup.DropDuplicates;
import dev.attune.pipeline.encode.EncodeExamples;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.redact.RedactRecords;
import dev.attune.pipeline.redact.RedactedRecords;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.split.AssignSplit;
import dev.attune.pipeline.stage.ComparedRecords;
import dev.attune.pipeline.stage.DecidedExamples;
import dev.attune.pipeline.stage.EncodedExamples;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.pipeline.write.ApplyDecisions;
import dev.attune.pipeline.write.DividedExamples;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Curates a tab-separated file of tickets with stages of Attune. */
public final class OwnPipeline {
  private static final ContentHash HASH = ContentHash.of("tickets");

  private OwnPipeline() {}

  /** The options of this program, in addition to those of Beam and of the runner. */
  public interface Options extends PipelineOptions {
    @Description("The file of tickets.")
    @Validation.Required
    String getInput();

    void setInput(String file);

    @Description("The folder for training.txt, validation.txt and rejected.txt.")
    @Validation.Required
    String getOutput();

    void setOutput(String folder);
  }

  public static void main(String[] args) {
    Options options = PipelineOptionsFactory.fromArgs(args).withValidation().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);
    SourceOutput tickets =
        SourceOutput.of(
            pipeline
                .apply("ReadLines", TextIO.read().from(options.getInput()))
                .apply(
                    "ParseTicket",
                    ParDo.of(new ParseTicketFn(HASH))
                        .withOutputTags(
                            SourceOutput.EXAMPLES,
                            TupleTagList.of(SourceOutput.REJECTED)
                                .and(SourceOutput.TALLIES)
                                .and(SourceOutput.REFUSALS))));
    DividedExamples curated = curate(tickets);
    String folder = options.getOutput();
    write(folder, "training", curated.training(), OwnPipeline::line);
    write(folder, "validation", curated.validation(), OwnPipeline::line);
    write(folder, "rejected", curated.rejected(), record -> record.id() + " " + record.reason());
    pipeline.run().waitUntilFinish();
  }

  /** Redacts tickets, drops exact and near duplicates, and splits the others by customer. */
  static DividedExamples curate(SourceOutput tickets) {
    DuplicateRule duplicates = new DuplicateRule(true, 0.7);
    SplitRule split = new SplitRule(0.25, true, "tickets");
    RedactedRecords clean =
        tickets.apply("Redact", RedactRecords.of(List.of("email", "phone"), HASH, null));
    EncodedExamples encoded =
        clean
            .examples()
            .apply(
                "Encode",
                EncodeExamples.of(Task.CONVERSATION, new OpenAiFormat(), true).withShingles(true));
    DistinctRecords distinct =
        ComparedRecords.of(encoded).apply("DropDuplicates", DropDuplicates.by(duplicates));
    DividedExamples divided =
        new DecidedExamples(
                encoded.bodies(),
                distinct
                    .records()
                    .apply("AssignSplit", AssignSplit.by(split).keepingApart(duplicates))
                    .decisions())
            .apply("Divide", ApplyDecisions.of(HASH));
    PCollection<RejectedRecord> rejected =
        Gather.flatten("CollectRejected", clean.rejected(), divided.rejected());
    return new DividedExamples(divided.training(), divided.validation(), rejected);
  }

  private static String line(EncodedExample example) {
    return new String(example.line().bytes(), UTF_8);
  }

  private static <T> void write(
      String folder, String name, PCollection<T> input, SerializableFunction<T, String> line) {
    input
        .apply("Line_" + name, MapElements.into(TypeDescriptors.strings()).via(line))
        .apply(
            "Write_" + name,
            TextIO.write().to(folder + "/" + name).withSuffix(".txt").withoutSharding());
  }
}
