package dev.attune.pipeline.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.RangeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every record of a file with any content is output once, and nothing is thrown. */
class RangeReaderTest {
  private static final String CSV_HEADER = "id,text\n";
  private static final RangeReader READER =
      new RangeReader(
          new ReadRules(SourceName.OBSERVATIONS, "test", ',', Reading.limits(60, false)),
          Reading.mapping());
  private static Path folder = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("range-reader");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 300)
  void accountsForEveryLine(@ForAll("json") byte[] content) throws IOException {
    Reading reading = read("a.jsonl", content);
    if (reading.refusals.isEmpty()) {
      String text = new String(content, StandardCharsets.ISO_8859_1);
      long lines =
          Arrays.stream(text.split("\n")).filter(line -> !line.matches("[ \t\r]*")).count();
      assertThat(reading.examples.size() + reading.rejected.size()).isEqualTo((int) lines);
    }
  }

  @Property(tries = 300)
  void readsAnyArray(@ForAll("json") byte[] content) throws IOException {
    Reading reading = read("a.json", content);
    assertThat(reading.refusals).hasSizeLessThanOrEqualTo(1);
  }

  @Property(tries = 300)
  void readsAnyGz(@ForAll("json") byte[] content, @ForAll byte[] behind) throws IOException {
    byte[] gz = Reading.gz(content);
    byte[] file = Arrays.copyOf(gz, gz.length + behind.length);
    System.arraycopy(behind, 0, file, gz.length, behind.length);
    Reading reading = read("a.jsonl.gz", file);
    assertThat(reading.refusals).hasSizeLessThanOrEqualTo(1);
  }

  /** The cutter finds the records that FastCSV finds in the whole file, up to a refusal. */
  @Property(tries = 1000)
  void cutsCsvAsTheParserDoes(@ForAll("csv") String records) throws IOException {
    String content = CSV_HEADER + records;
    Reading reading = read("a.csv", content.getBytes(StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    try (var parsed =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(content)) {
      parsed.stream()
          .skip(1)
          .forEach(record -> lines.add("a.csv:" + record.getStartingLineNumber()));
    } catch (CsvParseException e) {
      return; // It stops where we reject a record and go on.
    }
    List<String> read = new ArrayList<>(reading.examples.stream().map(e -> e.location()).toList());
    reading.rejected.forEach(rejected -> read.add(rejected.location()));
    if (reading.refusals.isEmpty()) {
      assertThat(read).containsExactlyInAnyOrderElementsOf(lines);
    } else {
      String place = reading.refusals.get(0).place();
      List<String> before = lines.subList(0, lines.indexOf(place));
      assertThat(read).containsExactlyInAnyOrderElementsOf(before);
    }
  }

  @Provide
  Arbitrary<byte[]> json() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"",
            "\\",
            "\n",
            "\r",
            " ",
            "{\"text\":\"a\"}",
            "{\"id\":1,",
            "\"text\":",
            "\"b\"",
            "\\ud800",
            "\u00e9",
            "\0",
            "1e",
            "null",
            "\u00ff")
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<String> csv() {
    return Arbitraries.of("\"", "\"", ",", "\n", "\r", "\r\n", "a", "é", " ", "1,b\n")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private static Reading read(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
    FileType type = Objects.requireNonNull(FileType.ofName(name));
    var hash = new RangeHash();
    hash.update(content, 0, content.length);
    var range =
        new FileRange(
            name,
            folder.resolve(name).toString(),
            type,
            content.length,
            hash.next(),
            0,
            content.length,
            1,
            FileRange.LOCAL);
    var reading = new Reading();
    READER.read(range, reading);
    return reading;
  }
}
