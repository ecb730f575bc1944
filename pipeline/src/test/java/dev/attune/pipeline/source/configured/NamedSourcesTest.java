package dev.attune.pipeline.source.configured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.attune.config.ConfigException;
import dev.attune.config.ConfigFault;
import dev.attune.config.ConfigLoader;
import dev.attune.config.NamedFiles;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.ReadSink;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.observation.ReadObservations;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the faults of files that are reported before the pipeline starts. */
class NamedSourcesTest {
  private static final String LACKS = "The file has no column \"id\", \"text\", \"categories\": ";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "header-case.csv~8~"
            + LACKS
            + "its header has \"ID\", \"Text\", \"Categories\"; \"ID\", \"Text\", \"Categories\""
            + " differ only in case, blanks or invisible characters; correct columns in"
            + " attune.yaml, or the file's header.",
        "header-space.csv~9~The file has no column \"text\", \"categories\": its header has \"id\","
            + " \" text\", \" categories\"; \" text\", \" categories\" differ only in case,"
            + " blanks or invisible characters; correct columns in attune.yaml, or the file's"
            + " header.",
        "header-dup.csv~9~The header has the column \"text\" twice: rename one of them.",
        "header-excel-quoted-whole.csv~8~"
            + LACKS
            + "its header is \"id,text,categories\", so each row is quoted as a whole; save it"
            + " again with each field quoted separately.",
        "header-semicolon-bom.csv~8~"
            + LACKS
            + "its header seems to be separated by \";\"; set separator: \";\" in attune.yaml.",
        "header-sep-line.csv~6~The file starts with the line \"sep=;\", which only Excel"
            + " understands: remove it, and set separator: \";\" in attune.yaml.",
        "header-utf16le-nobom.csv~6~The file seems to be UTF-16 without a byte order mark: convert"
            + " it to UTF-8."
      })
  void saysWhatAHeaderSeemsToBe(String file, int line, String sentence) throws Exception {
    copy(file);
    NamedFiles named = named(file, "id");
    assertThat(NamedSources.find(named).faults())
        .extracting(ConfigFault::line, ConfigFault::sentence)
        .containsExactly(tuple(line, file + ": " + sentence));
    assertThatThrownBy(() -> NamedSources.find(named).refuseFaults())
        .isInstanceOf(SourceException.class)
        .hasMessage(file + ": " + sentence);
  }

  @Test
  void saysTheSameOfAPackedFile() throws Exception {
    try (InputStream in = resource("header-semicolon-bom.csv");
        var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      in.transferTo(out);
    }
    assertThat(NamedSources.find(named("a.csv.gz", "id")).faults())
        .extracting(ConfigFault::sentence)
        .containsExactly(
            "a.csv.gz: "
                + LACKS
                + "its header seems to be separated by \";\"; set separator: \";\" in"
                + " attune.yaml.");
  }

  @Test
  void takesAFileOfNoBytesForNoRecords() throws Exception {
    copy("header-empty.csv");
    NamedSources sources = NamedSources.find(named("header-empty.csv", "id"));
    sources.refuseFaults();
    assertThat(read("header-empty.csv", sources.observations().survey(more -> {}))).isEmpty();
  }

  @Test
  void readsTimesAsPsqlWritesThem() throws Exception {
    copy("psql-times.csv");
    NamedSources sources = NamedSources.find(named("psql-times.csv", "seen"));
    sources.refuseFaults();
    assertThat(read("psql-times.csv", sources.observations().survey(more -> {})))
        .containsExactly(
            "2026-06-02T10:00:03.500Z",
            "2026-06-03T10:00:07Z",
            "2026-06-04T10:00:10.500Z",
            "2026-06-05T10:00:14Z");
  }

  @Test
  void judgesAHugeFileByItsFirstBytes() throws Exception {
    Path huge = folder.resolve("huge.csv");
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.write("\"id,text\n".getBytes(StandardCharsets.UTF_8));
      file.setLength(20L << 30);
    }
    NamedFiles named = named("huge.csv", "id");
    List<ConfigFault> faults =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> NamedSources.find(named).faults());
    assertThat(faults)
        .extracting(ConfigFault::sentence)
        .containsExactly("huge.csv: A quote in the header is never closed: correct it.");
  }

  @Test
  void tellsAllFaultsOfAFaultyConfigurationToo() throws Exception {
    copy("header-case.csv");
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: cases
        task: nothing
        taxonomy: none.json
        sources:
          feedback:
            improvements: better/*.jsonl
          observations:
            files: [header-case.csv, gone.csv]
            columns: {text: Text, categories: Categories, group: child, colour: red}
          generated:
            files: ["made/*.jsonl", "bad\\0name.jsonl"]
        """);
    NamedFiles named =
        catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(folder.resolve("attune.yaml")))
            .named();
    assertThat(NamedSources.find(Objects.requireNonNull(named)).faults())
        .extracting(fault -> fault.line() + " " + fault.sentence())
        .containsExactly(
            "3 There is no taxonomy at "
                + folder.resolve("none.json")
                + ": correct taxonomy in attune.yaml.",
            "6 No file matches better/*.jsonl: correct the files of the source in attune.yaml.",
            "8 No file matches gone.csv: correct the files of the source in attune.yaml.",
            "9 header-case.csv: The file has no column \"child\": its header has \"ID\", \"Text\","
                + " \"Categories\"; correct columns or separator in attune.yaml, or the file's"
                + " header.",
            "11 No file matches made/*.jsonl: correct the files of the source in attune.yaml.",
            "11 bad\\u0000name.jsonl is not a valid path: correct it in attune.yaml.");
  }

  private NamedFiles named(String pattern, String time) throws Exception {
    Files.writeString(folder.resolve("t.json"), "[\"plumbing\",\"electric\",\"carpentry\"]");
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: cases
        task: classification
        taxonomy: t.json
        sources:
          observations:
            files: [%s]
            columns:
              id: id
              text: text
              categories: categories
              createdAt: %s
        """
            .formatted(pattern, time));
    return ConfigLoader.load(folder.resolve("attune.yaml")).named();
  }

  /** The times of the examples; nothing else may come out. */
  private List<String> read(String file, List<InputFile> files) throws Exception {
    assertThat(files).extracting(InputFile::name).containsExactly(file);
    List<String> times = new ArrayList<>();
    ReadSink sink =
        new ReadSink() {
          @Override
          public void example(Example example) {
            long micros = example.createdAt();
            times.add(Instant.ofEpochSecond(0, micros * 1000).toString());
          }

          @Override
          public void rejected(RejectedRecord rejected) {
            throw new AssertionError(rejected);
          }

          @Override
          public void refusal(Refusal refusal) {
            throw new AssertionError(refusal);
          }
        };
    var config = ConfigLoader.load(folder.resolve("attune.yaml")).dataset();
    var ranges = ReadObservations.from(config, files);
    ranges.read(files.get(0).ranges().get(0), sink);
    return times;
  }

  private void copy(String name) throws IOException {
    try (InputStream in = resource(name)) {
      Files.copy(in, folder.resolve(name));
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        NamedSourcesTest.class.getResourceAsStream("NamedSourcesTest/" + name), name);
  }
}
