package dev.attune.pipeline.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that changes between the survey and the end of its reading refuses the run. */
class ChangedFileTest {
  private static final String CHANGED =
      ": The file changed while it was read: run again when it is complete.";

  @TempDir Path folder;

  /** A change of a file. */
  private enum Change {
    APPEND {
      @Override
      void apply(Path file) throws IOException {
        Files.writeString(file, "{\"text\":\"more\"}\n", StandardOpenOption.APPEND);
      }
    },
    TRUNCATE {
      @Override
      void apply(Path file) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
          open.setLength(open.length() / 2);
        }
      }
    },
    REPLACE {
      @Override
      void apply(Path file) throws IOException {
        byte[] other = Files.readAllBytes(file);
        other[other.length - 4] = 'Z';
        Path beside = Files.write(file.resolveSibling("beside"), other);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    EDIT_IN_PLACE {
      @Override
      void apply(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
          open.seek(open.length() - 4);
          open.write('Z');
        }
        Files.setLastModifiedTime(file, time);
      }
    };

    abstract void apply(Path file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void refusesAFileThatChangesBehindTheSurvey(Change change) throws Exception {
    for (String name : List.of("a.jsonl", "a.json", "a.csv", "a.jsonl.gz", "a.csv.gz")) {
      InputFile file = write(name, 3, 1 << 20);
      change.apply(folder.resolve(name));
      assertThat(read(file, () -> {}).sentences()).containsExactly(name + CHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void refusesAFileThatChangesWhileItIsRead(Change change) throws Exception {
    InputFile file = write("a.jsonl", 40_000, 1L << 30);
    assertThat(file.ranges()).hasSize(1);
    Reading reading = read(file, () -> change.apply(folder.resolve("a.jsonl")));
    if (change == Change.REPLACE) {
      // The open channel still reads the surveyed file.
      assertThat(reading.refusals).isEmpty();
      assertThat(reading.examples).hasSize(40_000);
    } else {
      assertThat(reading.sentences()).containsExactly("a.jsonl" + CHANGED);
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void refusesAFileThatChangesBetweenItsRanges(Change change) throws Exception {
    InputFile file = write("a.jsonl", 40_000, 500_000);
    assertThat(file.ranges()).hasSizeGreaterThan(2);
    Reading reading = read(file, () -> change.apply(folder.resolve("a.jsonl")));
    assertThat(reading.sentences()).isNotEmpty().containsOnly("a.jsonl" + CHANGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.json", "a.csv", "a.jsonl.gz", "a.csv.gz"})
  void readsAFileThatOnlyHasAnotherTime(String name) throws Exception {
    InputFile file = write(name, 3, 20);
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.EPOCH));
    Path beside = Files.copy(folder.resolve(name), folder.resolve("beside"));
    Files.move(beside, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    Reading reading = read(file, () -> {});
    assertThat(reading.refusals).isEmpty();
    assertThat(reading.examples).hasSize(3);
  }

  @Test
  void saysThatAFileChangedWhereTheChangeCutsItOff() throws Exception {
    InputFile file = write("a.json", 3, 1 << 20);
    byte[] open = Files.readAllBytes(folder.resolve("a.json"));
    open[open.length - 2] = ' ';
    open[open.length - 1] = ' ';
    Files.write(folder.resolve("a.json"), open);
    assertThat(read(file, () -> {}).sentences()).containsExactly("a.json" + CHANGED);
  }

  @Test
  void readsATruncatedFileToItsEndToKnowIt() throws Exception {
    write("a.jsonl.gz", 3, 1 << 20);
    byte[] junk = Files.readAllBytes(folder.resolve("a.jsonl.gz"));
    byte[] content = Arrays.copyOf(junk, junk.length + 300_000);
    Files.write(folder.resolve("a.jsonl.gz"), content);
    InputFile file = survey("a.jsonl.gz", 1 << 20);
    Reading allowed = new Reading();
    reader(true).read(file.ranges().get(0), allowed);
    assertThat(allowed.refusals).isEmpty();
    assertThat(allowed.examples).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void refusesImprovementsThatChange(Change change) throws Exception {
    FileRange range = write("a.jsonl", 3, 1 << 20).ranges().get(0);
    change.apply(folder.resolve("a.jsonl"));
    Optional<Refusal> refusal =
        JsonLines.read(range, Reading.limits(1000, false), (number, text, tooLarge) -> {});
    assertThat(refusal.map(told -> told.place() + ": " + told.sentence()))
        .contains("a.jsonl" + CHANGED);
  }

  private InputFile write(String name, int records, long rangeBytes) throws Exception {
    StringBuilder text = new StringBuilder(name.startsWith("a.csv") ? "id,text\n" : "");
    for (int i = 0; i < records; i++) {
      String json = "{\"id\":" + i + ",\"text\":\"number " + i + "\"}";
      text.append(
          name.startsWith("a.csv")
              ? i + ",number " + i + " said\n"
              : name.equals("a.json") ? (i == 0 ? "[" : ",") + json : json + "\n");
    }
    text.append(name.equals("a.json") ? "]" : "");
    byte[] bytes = text.toString().getBytes(UTF_8);
    Files.write(folder.resolve(name), name.endsWith(".gz") ? Reading.gz(bytes) : bytes);
    return survey(name, rangeBytes);
  }

  private InputFile survey(String name, long rangeBytes) throws Exception {
    return InputFiles.find(List.of(name), Place.of(folder), EnumSet.allOf(FileType.class))
        .survey(rangeBytes, more -> {})
        .get(0);
  }

  private static RangeReader reader(boolean truncated) {
    var rules =
        new ReadRules(SourceName.OBSERVATIONS, "test", ',', Reading.limits(1000, truncated));
    return new RangeReader(rules, Reading.mapping());
  }

  /** Something that may fail. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  private static Reading read(InputFile file, Action atFirstExample) throws IOException {
    Reading reading = new Reading();
    var sink =
        new ReadSink() {
          @Override
          public void example(Example example) {
            if (reading.examples.isEmpty()) {
              try {
                atFirstExample.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
            reading.example(example);
          }

          @Override
          public void rejected(RejectedRecord rejected) {
            reading.rejected(rejected);
          }

          @Override
          public void refusal(Refusal refusal) {
            reading.refusal(refusal);
          }
        };
    for (FileRange range : file.ranges()) {
      reader(false).read(range, sink);
    }
    return reading;
  }
}
