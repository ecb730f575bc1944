package dev.attune.pipeline.source.file.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.RangeReader;
import dev.attune.pipeline.source.file.ReadRules;
import dev.attune.pipeline.source.file.Reading;
import dev.attune.pipeline.source.file.find.FoundFiles;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.place.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the facts about a file that are determined at launch. */
class SurveyTest {
  private static final String LINES =
      """
      \ufeff{"text":"one"}

      \s\s
      {"text":"two"}\r
      broken
      {"text":"three"}

      {"text":"four"}\
      """;

  @TempDir Path folder;

  @Test
  void givesTheSameRecordsWhereverTheFileIsCut() {
    Reading whole = new Reading().withRangeBytes(1 << 20).read(folder, "a.jsonl", LINES);
    assertThat(whole.texts())
        .containsExactly("a.jsonl:1 one", "a.jsonl:4 two", "a.jsonl:6 three", "a.jsonl:8 four");
    for (String content : List.of(LINES, LINES + "\n", LINES + "\n\n")) {
      int bytes = content.getBytes(StandardCharsets.UTF_8).length;
      for (int rangeBytes = 1; rangeBytes <= bytes + 1; rangeBytes++) {
        Reading cut = new Reading().withRangeBytes(rangeBytes).read(folder, "a.jsonl", content);
        assertThat(cut.examples).isEqualTo(whole.examples);
        assertThat(cut.rejected).isEqualTo(whole.rejected);
        assertThat(cut.refusals).isEmpty();
      }
    }
  }

  @Test
  void coversTheFileWithRangesThatStartAtLines() throws Exception {
    byte[] content = "a\nbb\nccc\n\ndd".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("a.jsonl"), content);
    InputFile file =
        InputFiles.find(List.of("a.jsonl"), Place.of(folder), EnumSet.of(FileType.JSONL))
            .survey(3, more -> {})
            .get(0);
    assertThat(file.bytes()).isEqualTo(content.length);
    assertThat(file.ranges())
        .extracting(r -> r.start() + "-" + r.end() + " line " + r.firstLine())
        .containsExactly("0-5 line 1", "5-9 line 3", "9-12 line 4");
  }

  @Test
  void tellsHowManyOfTheBytesWereRead() throws Exception {
    Files.write(folder.resolve("a.jsonl"), new byte[300_000]);
    Files.write(folder.resolve("b.jsonl"), new byte[5]);
    FoundFiles found =
        InputFiles.find(List.of("*.jsonl"), Place.of(folder), EnumSet.of(FileType.JSONL));
    AtomicLong read = new AtomicLong();
    AtomicInteger times = new AtomicInteger();

    found.survey(
        more -> {
          read.addAndGet(more);
          times.incrementAndGet();
        });

    assertThat(found.bytes()).isEqualTo(300_005);
    assertThat(read).hasValue(300_005);
    assertThat(times).hasValueGreaterThan(3);
  }

  @Test
  void hashesTheStoredBytes() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "abc");
    InputFile file =
        InputFiles.locate(List.of("a.csv"), Place.of(folder), EnumSet.of(FileType.CSV)).get(0);
    assertThat(file.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(file.ranges()).hasSize(1);
  }

  @Test
  void refusesAFileThatChangesAfterwards() throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), "{\"text\":\"one\"}\n");
    FileRange range =
        InputFiles.locate(List.of("a.jsonl"), Place.of(folder), EnumSet.of(FileType.JSONL))
            .get(0)
            .ranges()
            .get(0);
    var rules = ReadRules.of(SourceName.GENERATED, "test", Reading.limits(1000, false));
    Files.writeString(folder.resolve("a.jsonl"), "{\"text\":\"one\"}\nmore");
    Reading changed = new Reading();
    new RangeReader(rules, Reading.mapping()).read(range, changed);
    assertThat(changed.sentences())
        .containsExactly(
            "a.jsonl: The file changed while it was read: run again when it is complete.");
    Files.writeString(folder.resolve("a.jsonl"), "{\"text\":\"two\"}\n");
    Files.setLastModifiedTime(folder.resolve("a.jsonl"), FileTime.from(Instant.EPOCH));
    Reading inPlace = new Reading();
    new RangeReader(rules, Reading.mapping()).read(range, inPlace);
    assertThat(inPlace.sentences()).isEqualTo(changed.sentences());
    Files.delete(folder.resolve("a.jsonl"));
    Reading gone = new Reading();
    new RangeReader(rules, Reading.mapping()).read(range, gone);
    assertThat(gone.sentences())
        .containsExactly(
            "a.jsonl: The file can no longer be opened: put it back, or allow reading it.");
  }
}
