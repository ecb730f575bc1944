package dev.attune.pipeline.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.testing.gcs.StubCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are read in ranges which were cut without looking at their bytes. */
class BucketRangesTest {
  private static final String CHANGED =
      "The file changed while it was read: run again when it is complete.";
  private static BucketReading storage;

  @BeforeAll
  @BeforeContainer
  static void start() throws IOException {
    storage = BucketReading.open();
  }

  @AfterAll
  @AfterContainer
  static void stop() {
    storage.close();
  }

  @AfterEach
  @AfterProperty
  void heal() {
    storage.stub().faults().clear();
    storage.bucket().allow();
  }

  @Property(tries = 150)
  void readsEachLineOnceAtItsOffset(
      @ForAll("lines") List<String> lines,
      @ForAll boolean mark,
      @ForAll @IntRange(min = 1, max = 100) int rangeBytes)
      throws Exception {
    var content = new ByteArrayOutputStream();
    if (mark) {
      content.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
    }
    List<String> expected = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("{")) {
        expected.add("a.jsonl@" + content.size() + " " + line.strip());
      }
      content.writeBytes(line.getBytes(UTF_8));
    }
    storage.put("a.jsonl", content.toByteArray());

    Reading reading = new Reading();
    List<FileRange> ranges = BucketReading.survey(rangeBytes, "a.jsonl").get(0).ranges();
    assertThat(ranges).hasSize(Math.max(1, (content.size() + rangeBytes - 1) / rangeBytes));
    for (FileRange range : ranges) {
      reader(1000).read(range, reading);
    }

    assertThat(reading.refusals).isEmpty();
    assertThat(reading.rejected).isEmpty();
    assertThat(reading.examples)
        .extracting(e -> e.location() + " " + json(e.line().turns().get(0).text()))
        .containsExactlyElementsOf(expected);
  }

  /** Lines with their ends; the last may lack one. */
  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> record =
        Arbitraries.strings().withChars("abé€").ofMaxLength(40).map(BucketRangesTest::json);
    Arbitrary<String> blank = Arbitraries.of("", " ", "\t ");
    Arbitrary<String> line = Arbitraries.frequencyOf(Tuple.of(3, record), Tuple.of(1, blank));
    Arbitrary<String> ended =
        Combinators.combine(line, Arbitraries.of("\n", "\r\n")).as(String::concat);
    return Combinators.combine(ended.list().ofMaxSize(12), line)
        .as(
            (all, last) -> {
              List<String> lines = new ArrayList<>(all);
              lines.add(last);
              return lines;
            });
  }

  private static String json(String text) {
    return "{\"id\":\"1\",\"text\":\"x" + (text.startsWith("x") ? text.substring(1) : text) + "\"}";
  }

  @Test
  void readsLinesThatAreLongerThanRangesAndRejectsThoseThatAreTooLong() throws Exception {
    String longest = "{\"text\":\"" + "y".repeat(300_000) + "\"}";
    String tooLong = "{\"text\":\"" + "z".repeat(2_000_000) + "\"}";
    String content = longest + "\n" + tooLong + "\n" + longest + "\n" + json("end");
    storage.put("a.jsonl", content);

    Reading reading = new Reading();
    for (FileRange range : BucketReading.survey(70_000, "a.jsonl").get(0).ranges()) {
      reader(1_000_000).read(range, reading);
    }

    long second = longest.length() + 1L;
    long third = second + tooLong.length() + 1;
    assertThat(reading.examples)
        .extracting(each -> each.location())
        .containsExactly("a.jsonl@0", "a.jsonl@" + third, "a.jsonl@" + (third + second));
    assertThat(reading.reasons()).containsExactly("a.jsonl@" + second + " RECORD_TOO_LARGE");
    assertThat(reading.rejected.get(0).detail()).endsWith("It has " + tooLong.length() + " bytes.");
  }

  @Test
  void sendsOneRequestForARangeAndNoneBefore() throws Exception {
    String line = json("y".repeat(80)) + "\n";
    storage.put("a.jsonl", line.repeat(10_000));
    storage.stub().clearCalls();

    List<InputFile> files = BucketReading.survey(200_000, "a.jsonl");
    assertThat(storage.stub().count(StubCall.Kind.DOWNLOAD)).isZero();
    List<FileRange> ranges = files.get(0).ranges();
    Reading reading = new Reading();
    for (FileRange range : ranges) {
      reader(1000).read(range, reading);
    }

    assertThat(reading.examples).hasSize(10_000);
    assertThat(storage.stub().count(StubCall.Kind.DOWNLOAD)).isEqualTo(ranges.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.csv", "a.csv.gz", "a.jsonl.gz"})
  void readsOtherTypesAsOneRange(String name) throws Exception {
    String text = name.contains("csv") ? "id,text\n1,a\n2,b\n" : json("a") + "\n\n" + json("b");
    if (name.equals("a.json")) {
      text = "[" + json("a") + ",\n" + json("b") + "]";
    }
    byte[] bytes = text.getBytes(UTF_8);
    storage.put(name, name.endsWith(".gz") ? Reading.gz(bytes) : bytes);

    InputFile file = BucketReading.survey(10, name).get(0);
    assertThat(file.ranges()).hasSize(1);
    Reading reading = new Reading();
    reader(1000).read(file.ranges().get(0), reading);

    assertThat(reading.refusals).isEmpty();
    assertThat(reading.examples)
        .extracting(each -> each.location())
        .containsExactlyElementsOf(
            name.contains("csv")
                ? List.of(name + ":2", name + ":3")
                : name.equals("a.json")
                    ? List.of("a.json:1#1", "a.json:2#2")
                    : List.of("a.jsonl.gz@0", "a.jsonl.gz@" + (json("a").length() + 2)));
  }

  @Test
  void saysThatATruncatedObjectIsTruncated() throws Exception {
    byte[] gz = Reading.gz(json("a").repeat(1000).getBytes(UTF_8));
    storage.put("a.jsonl.gz", Arrays.copyOf(gz, gz.length - 4));
    Reading reading = read(BucketReading.survey(1 << 20, "a.jsonl.gz"));
    assertThat(reading.sentences())
        .singleElement()
        .asString()
        .startsWith("a.jsonl.gz: The file is truncated (its gzip data end early)");
  }

  @Test
  void refusesAnObjectThatWasReplacedOrDeletedAfterItWasListed() throws Exception {
    for (boolean replaced : List.of(true, false)) {
      storage.put("a.jsonl", lines(100));
      List<InputFile> files = BucketReading.survey(1000, "a.jsonl");
      if (replaced) {
        storage.put("a.jsonl", lines(100));
      } else {
        storage.bucket().delete("a.jsonl");
      }
      assertThat(read(files).sentences()).isNotEmpty().containsOnly("a.jsonl: " + CHANGED);
    }
  }

  @Test
  void refusesAnObjectThatIsReplacedBetweenItsRanges() throws Exception {
    storage.put("a.jsonl", lines(1000));
    List<InputFile> files = BucketReading.survey(10_000, "a.jsonl");
    storage
        .stub()
        .faults()
        .on(StubCall.Kind.DOWNLOAD)
        .nth(2)
        .before(call -> storage.put("a.jsonl", lines(1001)));
    assertThat(read(files).sentences()).isNotEmpty().containsOnly("a.jsonl: " + CHANGED);
  }

  @Test
  void saysWhatIsMissingWhenThePermissionIsLost() throws Exception {
    storage.put("a.jsonl", lines(10));
    List<InputFile> files = BucketReading.survey(1 << 20, "a.jsonl");
    storage.bucket().deny("storage.objects.get");
    assertThat(read(files).sentences())
        .singleElement()
        .asString()
        .startsWith(
            "a.jsonl: Cloud Storage denies this account to read or write gs://attune-in/a.jsonl (")
        .endsWith("(roles/storage.objectUser) on the bucket attune-in.");
  }

  @Test
  void readsAllTheSameWhenTheServiceFailsForAMoment() throws Exception {
    String content = lines(40_000);
    storage.put("a.jsonl", content);
    List<InputFile> files = BucketReading.survey(600_000, "a.jsonl");
    var faults = storage.stub().faults();
    faults.on(StubCall.Kind.DOWNLOAD).nth(1).fail(503);
    faults.on(StubCall.Kind.DOWNLOAD).nth(3).loseReply();
    faults.on(StubCall.Kind.DOWNLOAD).nth(5).cutReplyAfter(100_000);
    faults.on(StubCall.Kind.DOWNLOAD).nth(6).fail(429);

    Reading reading = read(files);

    assertThat(reading.refusals).isEmpty();
    assertThat(reading.examples)
        .extracting(each -> each.line().turns().get(0).text())
        .containsExactlyElementsOf(
            IntStream.range(0, 40_000).mapToObj(i -> "number " + i).toList());
  }

  private static Reading read(List<InputFile> files) throws IOException {
    Reading reading = new Reading();
    for (InputFile file : files) {
      for (FileRange range : file.ranges()) {
        reader(1000).read(range, reading);
      }
    }
    return reading;
  }

  private static RangeReader reader(int recordBytes) {
    var rules =
        new ReadRules(SourceName.OBSERVATIONS, "test", ',', Reading.limits(recordBytes, false));
    return new RangeReader(rules, Reading.mapping());
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, count)
        .forEach(i -> lines.append("{\"id\":\"" + i + "\",\"text\":\"number " + i + "\"}\n"));
    return lines.toString();
  }
}
