package dev.attune.pipeline.source.file;

import static dev.attune.pipeline.source.SourceOutputText.examples;
import static dev.attune.pipeline.source.SourceOutputText.strings;
import static dev.attune.pipeline.source.SourceOutputText.sumTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The four outputs of reading files in a pipeline. */
@ExtendWith(TestPipelineExtension.class)
class ReadRangesTest {
  @TempDir Path folder;

  @Test
  void readsNothingOfNoFilesAndOfAnEmptyFile(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), "");
    SourceOutput none = pipeline.apply("ReadNone", of(List.of(), SourceName.OBSERVATIONS));
    SourceOutput empty = pipeline.apply("ReadEmpty", of(files("a.jsonl"), SourceName.OBSERVATIONS));

    PAssert.that(none.examples()).empty();
    PAssert.that(none.rejected()).empty();
    PAssert.that(none.tallies()).empty();
    PAssert.that(none.refusals()).empty();
    PAssert.that(empty.examples()).empty();
    PAssert.that(empty.rejected()).empty();
    PAssert.that(empty.tallies()).satisfies(tallies -> sumTo(tallies, Map.of("observations", 0L)));
    PAssert.that(empty.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readsOneRecord(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), record("1"));
    SourceOutput read = pipeline.apply(of(files("a.jsonl"), SourceName.OBSERVATIONS));

    PAssert.that(examples(read)).containsInAnyOrder("observations:1 a.jsonl:1");
    PAssert.that(read.rejected()).empty();
    PAssert.that(read.tallies())
        .containsInAnyOrder(Tally.none("observations").plus("observations:1"));
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readsEveryRecordOfManyRangesOnce(TestPipeline pipeline) throws Exception {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, 500).forEach(i -> lines.append(record("r" + i)));
    Files.writeString(folder.resolve("a.jsonl"), lines);
    Files.writeString(folder.resolve("b.csv"), "id,text\nc1,say\nc2,say\n");
    List<InputFile> files = files("*");
    assertThat(files.get(0).ranges()).hasSizeGreaterThan(10);
    SourceOutput read = pipeline.apply(of(files, SourceName.OBSERVATIONS).inAtLeast(7));

    List<String> expected =
        IntStream.range(0, 500)
            .mapToObj(i -> "observations:r" + i + " a.jsonl:" + (i + 1))
            .collect(Collectors.toList());
    expected.addAll(List.of("observations:c1 b.csv:2", "observations:c2 b.csv:3"));
    PAssert.that(examples(read)).containsInAnyOrder(expected);
    PAssert.that(read.rejected()).empty();
    PAssert.that(read.tallies())
        .satisfies(
            tallies -> {
              assertThat(tallies).hasSizeGreaterThan(1);
              return sumTo(tallies, Map.of("observations", 502L));
            });
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void keepsAndCountsARecordThatIsThereTwice(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), record("1") + record("1"));
    Files.writeString(folder.resolve("b.jsonl"), record("1"));
    SourceOutput read = pipeline.apply(of(files("*"), SourceName.OBSERVATIONS));

    PAssert.that(examples(read))
        .containsInAnyOrder(
            "observations:1 a.jsonl:1", "observations:1 a.jsonl:2", "observations:1 b.jsonl:1");
    PAssert.that(read.rejected()).empty();
    PAssert.that(read.tallies()).satisfies(tallies -> sumTo(tallies, Map.of("observations", 3L)));
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void rejectsRecordsAndRefusesFilesAndReadsTheRest(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), record("1") + "{\n" + "{\"id\":\"3\"}\n");
    Files.writeString(folder.resolve("b.json"), "[" + record("4") + ",{\"id\":\"5}]");
    Files.writeString(folder.resolve("c.csv"), "number\n6\n");
    Files.writeString(folder.resolve("d.csv"), "");
    List<InputFile> files = files("*");
    Files.writeString(folder.resolve("d.csv"), "id,text\n7,say\n");
    SourceOutput read = pipeline.apply(of(files, SourceName.OBSERVATIONS));

    PAssert.that(examples(read))
        .containsInAnyOrder("observations:1 a.jsonl:1", "observations:4 b.json:1#1");
    PAssert.that(strings("Rejected", read.rejected(), r -> r.location() + " " + r.reason()))
        .containsInAnyOrder("a.jsonl:2 MALFORMED_RECORD", "a.jsonl:3 MISSING_FIELD");
    PAssert.that(read.tallies()).satisfies(tallies -> sumTo(tallies, Map.of("observations", 4L)));
    PAssert.that(strings("Refused", read.refusals(), r -> r.place() + " " + r.sentence()))
        .satisfies(
            refusals -> {
              assertThat(refusals)
                  .hasSize(3)
                  .anyMatch(each -> each.startsWith("b.json The file is truncated"))
                  .anyMatch(each -> each.startsWith("c.csv The file has no column"))
                  .anyMatch(each -> each.startsWith("d.csv The file changed while it was read"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void countsTheRecordsOfEachOfTwoSources(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), record("1") + record("2"));
    Files.writeString(folder.resolve("b.jsonl"), record("1") + "[]\n");
    SourceOutput read =
        pipeline.apply(
            of(files("a.jsonl"), SourceName.OBSERVATIONS)
                .and(of(files("b.jsonl"), SourceName.GENERATED)));

    PAssert.that(examples(read))
        .containsInAnyOrder(
            "observations:1 a.jsonl:1", "observations:2 a.jsonl:2", "generated:1 b.jsonl:1");
    PAssert.that(strings("Rejected", read.rejected(), r -> r.source() + " " + r.location()))
        .containsInAnyOrder("generated b.jsonl:2");
    PAssert.that(read.tallies())
        .satisfies(tallies -> sumTo(tallies, Map.of("observations", 2L, "generated", 2L)));
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  private static ReadRanges of(List<InputFile> files, SourceName source) {
    var rules = ReadRules.of(source, "test", Reading.limits(Reading.RECORD_BYTES, false));
    return ReadRanges.of(files, rules, Reading.mapping());
  }

  private List<InputFile> files(String pattern) throws SourceException, IOException {
    return InputFiles.find(List.of(pattern), Place.of(folder), EnumSet.allOf(FileType.class))
        .survey(1000, more -> {});
  }

  private static String record(String id) {
    return "{\"id\":\"" + id + "\",\"text\":\"say\"}\n";
  }
}
