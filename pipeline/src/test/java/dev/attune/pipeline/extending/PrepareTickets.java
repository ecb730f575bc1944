package dev.attune.pipeline.extending;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.attune.catalog.ExampleLimits;
import dev.attune.config.DatasetConfig;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.PrepareSpec;
import dev.attune.pipeline.check.ExampleChecker;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.pipeline.write.ApplyDecisions;
import dev.attune.pipeline.write.DatasetParts;
import dev.attune.pipeline.write.DividedExamples;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Runs all stages on tickets and writes text files. */
final class PrepareTickets {
  private PrepareTickets() {}

  static void build(SourceOutput tickets, DatasetConfig config, String folder) {
    ExampleFormat format = ExampleFormats.of(config.output().format());
    PrepareDataset.build(
        tickets,
        new PrepareSpec(
            config,
            new ExampleChecker(null, config.task(), format, null),
            new ExampleLimits(Long.MAX_VALUE, Long.MAX_VALUE, null),
            1,
            null,
            new WriteText(ContentHash.of(config.dataset()), folder)));
  }

  /** If there is a line in refused.txt, the other files must not be used. */
  private static final class WriteText extends PTransform<DatasetParts, PDone> {
    private final ContentHash hash;
    private final String folder;

    WriteText(ContentHash hash, String folder) {
      this.hash = hash;
      this.folder = folder;
    }

    @Override
    public PDone expand(DatasetParts parts) {
      DividedExamples divided = parts.examples().apply("Divide", ApplyDecisions.of(hash));
      PCollection<RejectedRecord> rejected =
          Gather.flatten("CollectRejected", parts.rejected(), divided.rejected());
      write("train", divided.training(), body -> new String(body.line().bytes(), UTF_8));
      write("valid", divided.validation(), body -> new String(body.line().bytes(), UTF_8));
      write("rejected", rejected, record -> record.id() + " " + record.reason());
      write("refused", parts.refusals(), Refusal::sentence);
      return PDone.in(parts.getPipeline());
    }

    private <T> void write(
        String name, PCollection<T> input, SerializableFunction<T, String> line) {
      input
          .apply("Line_" + name, MapElements.into(TypeDescriptors.strings()).via(line))
          .apply(
              "Write_" + name,
              TextIO.write().to(folder + "/" + name).withSuffix(".txt").withoutSharding());
    }
  }
}
