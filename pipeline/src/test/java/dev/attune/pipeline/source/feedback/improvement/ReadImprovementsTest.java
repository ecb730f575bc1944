package dev.attune.pipeline.source.feedback.improvement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules.Limits;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.improvement.ReadImprovements.ImprovementsRead;
import dev.attune.pipeline.source.file.cut.LinePlace;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class ReadImprovementsTest {
  private static final Limits LIMITS = new Limits(0.5, 300, false, 200, null, null, null);
  private static final String FORM =
      "; an improvement is {\"id\": feedback id, \"response\": text}.";

  @TempDir Path folder;

  @Test
  void readsNothingOfNoFilesAndOfBlankLines(TestPipeline pipeline) throws Exception {
    write("a.jsonl", "", "  ", "");
    ImprovementsRead none = pipeline.apply("ReadNone", new ReadImprovements(List.of(), LIMITS));
    ImprovementsRead blank = pipeline.apply("ReadBlank", new ReadImprovements(files(), LIMITS));

    PAssert.that(none.improvements()).empty();
    PAssert.that(none.refusals()).empty();
    PAssert.that(blank.improvements()).empty();
    PAssert.that(blank.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readsOne(TestPipeline pipeline) throws Exception {
    String basis = "0123456789abcdef".repeat(2);
    write("a.jsonl", "{\"id\": 7, \"response\": \"Better.\", \"basis\": \"" + basis + "\"}");
    ImprovementsRead read = pipeline.apply(new ReadImprovements(files(), LIMITS));

    PAssert.that(read.improvements())
        .containsInAnyOrder(
            new Improvement("feedback:7", basis, "Better.", LinePlace.ofLine("a.jsonl", 1)));
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readsEveryLineOfManyRangesWithItsNumber(TestPipeline pipeline) throws Exception {
    List<String> lines = new ArrayList<>();
    List<JoinSide> expected = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      lines.add("{\"id\": \"x" + i + "\", \"response\": \"Better.\"}");
      expected.add(
          new Improvement("feedback:x" + i, null, "Better.", LinePlace.ofLine("a.jsonl", i)));
    }
    write("a.jsonl", lines.toArray(String[]::new));
    write("b.jsonl", "", "{\"id\": \"y\", \"response\": \"Better.\"}");
    expected.add(new Improvement("feedback:y", null, "Better.", LinePlace.ofLine("b.jsonl", 2)));
    List<InputFile> files = files();
    assertThat(files.get(0).ranges()).hasSizeGreaterThan(5);
    ImprovementsRead read = pipeline.apply(new ReadImprovements(files, LIMITS));

    PAssert.that(read.improvements()).containsInAnyOrder(expected);
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  /** Which of two improvements is refused is for the join to say. */
  @Test
  void passesOnBothOfTwoEqualImprovements(TestPipeline pipeline) throws Exception {
    String line = "{\"id\": 7, \"response\": \"Better.\"}";
    write("a.jsonl", line, line);
    ImprovementsRead read = pipeline.apply(new ReadImprovements(files(), LIMITS));

    PAssert.that(read.improvements())
        .containsInAnyOrder(
            new Improvement("feedback:7", null, "Better.", LinePlace.ofLine("a.jsonl", 1)),
            new Improvement("feedback:7", null, "Better.", LinePlace.ofLine("a.jsonl", 2)));
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void refusesLinesThatAreNoneAndReadsTheRest(TestPipeline pipeline) throws Exception {
    Files.write(
        folder.resolve("a.jsonl"),
        ("{\"id\": 1, \"response\": \"Better.\"}\n"
                + "{\"id\": 2, \"response\": \"\u00e9\"}\n"
                + "{\"id\": 3, \"response\": \""
                + "long ".repeat(100)
                + "\"}\n"
                + "[]\n"
                + "{\"id\": 5, \"response\": \" \"}\n"
                + "{\"id\": 6, \"answer\": \"Better.\"}\n"
                + "{\"id\": 7, \"response\": \"Better.\"}")
            .getBytes(StandardCharsets.ISO_8859_1));
    ImprovementsRead read = pipeline.apply(new ReadImprovements(files(), LIMITS));

    PAssert.that(read.improvements())
        .containsInAnyOrder(
            new Improvement("feedback:1", null, "Better.", LinePlace.ofLine("a.jsonl", 1)),
            new Improvement("feedback:7", null, "Better.", LinePlace.ofLine("a.jsonl", 7)));
    PAssert.that(read.refusals())
        .containsInAnyOrder(
            refusal(2, "is not valid UTF-8"),
            refusal(3, "is longer than limits.recordBytes"),
            refusal(4, "is not a JSON object"),
            refusal(5, "has no response"),
            refusal(6, "has no response"));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void refusesAFileThatChangedAndReadsTheOthers(TestPipeline pipeline) throws Exception {
    write("a.jsonl", "{\"id\": 1, \"response\": \"Better.\"}");
    write("b.jsonl", "{\"id\": 2, \"response\": \"Better.\"}");
    List<InputFile> files = files();
    write("b.jsonl", "{\"id\": 2, \"response\": \"Better yet.\"}");
    ImprovementsRead read = pipeline.apply(new ReadImprovements(files, LIMITS));

    PAssert.that(read.improvements())
        .containsInAnyOrder(
            new Improvement("feedback:1", null, "Better.", LinePlace.ofLine("a.jsonl", 1)));
    PAssert.that(read.refusals())
        .containsInAnyOrder(
            new Refusal(
                "b.jsonl", "The file changed while it was read: run again when it is complete."));
    pipeline.run().waitUntilFinish();
  }

  private static Refusal refusal(int line, String fault) {
    return new Refusal("a.jsonl:" + line, "The line " + fault + FORM);
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines));
  }

  private List<InputFile> files() throws SourceException {
    return InputFiles.find(List.of("*.jsonl"), Place.of(folder), EnumSet.of(FileType.JSONL))
        .survey(1000, more -> {});
  }
}
