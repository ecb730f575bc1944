package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.FileRange;
import dev.attune.pipeline.source.file.InputFile;
import dev.attune.pipeline.source.file.JsonLines;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.ReadRecords;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/** Reads improvements. Lines that are none are refusals of the run. */
final class ReadImprovements extends PTransform<PBegin, ReadImprovements.ImprovementLines> {
  private static final TupleTag<JoinSide> IMPROVEMENTS = new TupleTag<>() {};

  private final List<InputFile> files;
  private final int recordBytes;

  /** The improvements, and the lines that are none. */
  record ImprovementLines(PCollection<JoinSide> improvements, PCollection<Refusal> refusals)
      implements CollectionRecord<ImprovementLines> {}

  ReadImprovements(List<InputFile> files, int recordBytes) {
    this.files = files;
    this.recordBytes = recordBytes;
  }

  @Override
  public ImprovementLines expand(PBegin begin) {
    List<FileRange> ranges = files.stream().flatMap(file -> file.ranges().stream()).toList();
    PCollectionTuple read =
        begin
            .apply("ListRanges", Create.of(ranges).withCoder(SerializableCoder.of(FileRange.class)))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "ReadLines",
                ParDo.of(new ReadLinesFn(recordBytes))
                    .withOutputTags(IMPROVEMENTS, TupleTagList.of(ReadRecords.REFUSALS)));
    return new ImprovementLines(
        read.get(IMPROVEMENTS).setCoder(JoinSideCoder.of()), read.get(ReadRecords.REFUSALS));
  }

  /** From a range of a file to its improvements. */
  private static final class ReadLinesFn extends DoFn<FileRange, JoinSide> {
    private final int recordBytes;

    ReadLinesFn(int recordBytes) {
      this.recordBytes = recordBytes;
    }

    @ProcessElement
    public void processElement(@Element FileRange range, MultiOutputReceiver out)
        throws IOException {
      Optional<Refusal> refusal =
          JsonLines.read(
              range,
              recordBytes,
              (number, text, tooLarge) -> read(range.name(), number, text, tooLarge, out));
      refusal.ifPresent(out.get(ReadRecords.REFUSALS)::output);
    }

    private static void read(
        String file,
        long number,
        @Nullable String text,
        boolean tooLarge,
        MultiOutputReceiver out) {
      try {
        if (text == null) {
          throw new ImprovementLine.FaultException(
              tooLarge ? "is longer than limits.recordBytes" : "is not valid UTF-8");
        }
        ImprovementLine improvement = ImprovementLine.parse(text);
        String fullId = SourceName.FEEDBACK.fullId(improvement.id());
        out.get(IMPROVEMENTS)
            .output(
                new Improvement(fullId, improvement.basis(), improvement.response(), file, number));
      } catch (ImprovementLine.FaultException e) {
        out.get(ReadRecords.REFUSALS)
            .output(
                new Refusal(
                    file + ":" + number,
                    "The line "
                        + e.getMessage()
                        + "; an improvement is {\"id\": feedback id, \"response\": text}."));
      }
    }
  }
}
