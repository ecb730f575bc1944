package dev.attune.pipeline.read.feedback;

import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.read.ReadOutput;
import dev.attune.pipeline.rejection.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads improvements, a file in one worker. Lines that are no improvements, and a file that is not
 * there, are refusals of the run; a pattern with wildcards that matches no file is none.
 */
final class ReadImprovements extends PTransform<PBegin, PCollectionTuple> {
  static final TupleTag<JoinSide> IMPROVEMENTS = new TupleTag<>() {};
  private static final TupleTag<String> FILES = new TupleTag<>() {};

  /** After so many faults the rest of a file is not worth reading. */
  private static final int MOST_FAULTS = 20;

  private final ImprovementFiles files;
  private final int recordBytes;

  ReadImprovements(ImprovementFiles files, int recordBytes) {
    this.files = files;
    this.recordBytes = recordBytes;
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple matched =
        begin
            .apply("NameFiles", Create.of(files.spec()).withCoder(StringUtf8Coder.of()))
            .apply(
                "MatchFiles",
                ParDo.of(new MatchFilesFn(files))
                    .withOutputTags(FILES, TupleTagList.of(ReadOutput.REFUSALS)));
    PCollectionTuple read =
        matched
            .get(FILES)
            .setCoder(StringUtf8Coder.of())
            .apply("SpreadFiles", Reshuffle.viaRandomKey())
            .apply(
                "ReadLines",
                ParDo.of(new ReadLinesFn(files, recordBytes))
                    .withOutputTags(IMPROVEMENTS, TupleTagList.of(ReadOutput.REFUSALS)));
    return PCollectionTuple.of(IMPROVEMENTS, read.get(IMPROVEMENTS).setCoder(JoinSideCoder.of()))
        .and(
            ReadOutput.REFUSALS,
            PCollectionList.of(matched.get(ReadOutput.REFUSALS))
                .and(read.get(ReadOutput.REFUSALS))
                .apply("JoinRefusals", Flatten.pCollections()));
  }

  /** From the pattern to its files. */
  private static final class MatchFilesFn extends DoFn<String, String> {
    private final ImprovementFiles files;

    MatchFilesFn(ImprovementFiles files) {
      this.files = files;
    }

    @ProcessElement
    public void processElement(@Element String spec, MultiOutputReceiver out) throws IOException {
      MatchResult match = FileSystems.match(spec, EmptyMatchTreatment.ALLOW);
      boolean none = match.status() == MatchResult.Status.NOT_FOUND || match.metadata().isEmpty();
      if (none && !FileSystems.hasGlobWildcard(spec)) {
        out.get(ReadOutput.REFUSALS)
            .output(
                new Refusal(
                    files.pattern(),
                    "There is no file "
                        + files.pattern()
                        + "; check sources.feedback.improvements."));
      }
      if (!none) {
        for (MatchResult.Metadata file : match.metadata()) {
          out.get(FILES).output(file.resourceId().toString());
        }
      }
    }
  }

  /** From a file to its improvements. */
  private static final class ReadLinesFn extends DoFn<String, JoinSide> {
    private final ImprovementFiles files;
    private final int recordBytes;

    ReadLinesFn(ImprovementFiles files, int recordBytes) {
      this.files = files;
      this.recordBytes = recordBytes;
    }

    @ProcessElement
    public void processElement(@Element String file, MultiOutputReceiver out) throws IOException {
      String name = files.nameOf(file);
      try (InputStream in =
          Channels.newInputStream(
              FileSystems.open(FileSystems.matchNewResource(file, /* isDirectory= */ false)))) {
        BoundedLines lines = new BoundedLines(in, recordBytes);
        int faults = 0;
        BoundedLines.Line line = lines.next();
        while (line != null && faults < MOST_FAULTS) {
          faults += read(line, name, out);
          line = lines.next();
        }
      } catch (FileSystemException e) {
        out.get(ReadOutput.REFUSALS)
            .output(new Refusal(name, name + " cannot be read; check its permissions."));
      }
    }

    /** How many faults the line has. */
    private int read(BoundedLines.Line line, String name, MultiOutputReceiver out) {
      try {
        String text = line.text();
        if (text == null) {
          throw new ImprovementLine.FaultException(
              line.tooLong() ? "is longer than limits.recordBytes" : "is not valid UTF-8");
        }
        if (!text.isBlank()) {
          ImprovementLine improvement = ImprovementLine.parse(text);
          String fullId = SourceName.FEEDBACK.fullId(improvement.id());
          out.get(IMPROVEMENTS)
              .output(new Improvement(fullId, improvement.response(), name, line.number()));
        }
        return 0;
      } catch (ImprovementLine.FaultException e) {
        String place = name + ":" + line.number();
        out.get(ReadOutput.REFUSALS)
            .output(
                new Refusal(
                    place,
                    place
                        + " "
                        + e.getMessage()
                        + "; an improvement is {\"id\": feedback id, \"response\": text}."));
        return 1;
      }
    }
  }
}
