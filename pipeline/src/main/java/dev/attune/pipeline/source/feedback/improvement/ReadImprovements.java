package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.config.CurationRules.Limits;
import dev.attune.message.Messages;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.file.JsonLines;
import dev.attune.pipeline.source.file.cut.LinePlace;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.SourceOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

/** Reads improvements. Lines that are not improvements refuse the run. */
public final class ReadImprovements extends PTransform<PBegin, ReadImprovements.ImprovementsRead> {
  private static final TupleTag<JoinSide> IMPROVEMENTS = new TupleTag<>() {};

  private final List<InputFile> files;
  private final Limits limits;

  /** The improvements, and refusals of lines that are not improvements. */
  public record ImprovementsRead(PCollection<JoinSide> improvements, PCollection<Refusal> refusals)
      implements CollectionRecord<ImprovementsRead> {}

  public ReadImprovements(List<InputFile> files, Limits limits) {
    this.files = files;
    this.limits = limits;
  }

  @Override
  public ImprovementsRead expand(PBegin begin) {
    List<FileRange> ranges = files.stream().flatMap(file -> file.ranges().stream()).toList();
    PCollectionTuple read =
        begin
            .apply("ListRanges", Create.of(ranges).withCoder(RecordCoder.of(FileRange.class)))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "ReadLines",
                ParDo.of(new ReadLinesFn(limits))
                    .withOutputTags(IMPROVEMENTS, TupleTagList.of(SourceOutput.REFUSALS)));
    return new ImprovementsRead(
        read.get(IMPROVEMENTS).setCoder(RecordCoder.of(JoinSide.class)),
        read.get(SourceOutput.REFUSALS));
  }

  /** Reads the improvements of a range. */
  private static final class ReadLinesFn extends DoFn<FileRange, JoinSide> {
    private final Limits limits;

    ReadLinesFn(Limits limits) {
      this.limits = limits;
    }

    @ProcessElement
    public void processElement(@Element FileRange range, MultiOutputReceiver out)
        throws IOException {
      Optional<Refusal> refusal =
          JsonLines.read(
              range, limits, (place, text, tooLarge) -> read(place, text, tooLarge, out));
      refusal.ifPresent(out.get(SourceOutput.REFUSALS)::output);
    }

    private static void read(
        LinePlace place, @Nullable String text, boolean tooLarge, MultiOutputReceiver out) {
      try {
        if (text == null) {
          throw new ImprovementLine.FaultException(
              Messages.of(
                  tooLarge ? "pipeline.improvement.too-large" : "pipeline.improvement.not-utf8"));
        }
        ImprovementLine improvement = ImprovementLine.parse(text);
        String fullId = SourceName.FEEDBACK.fullId(improvement.id());
        out.get(IMPROVEMENTS)
            .output(new Improvement(fullId, improvement.basis(), improvement.response(), place));
      } catch (ImprovementLine.FaultException e) {
        String sentence = Messages.of("pipeline.improvement.line", String.valueOf(e.getMessage()));
        out.get(SourceOutput.REFUSALS).output(new Refusal(place.toString(), sentence));
      }
    }
  }
}
