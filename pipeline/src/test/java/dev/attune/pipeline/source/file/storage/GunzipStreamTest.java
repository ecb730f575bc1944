package dev.attune.pipeline.source.file.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.source.file.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files, good and bad. */
class GunzipStreamTest {
  private static final int LINES = 60;
  private static final String TRUNCATED = "limits.allowTruncatedFiles to keep its complete records";

  @TempDir Path folder;

  @Test
  void readsSeveralMembersAsOneFile() {
    byte[] one = Reading.gz(bytes("{\"text\":\"one\"}\n{\"text\":"));
    byte[] two = Reading.gz(bytes("\"two\"}\n"));
    Reading reading = new Reading().read(folder, "a.jsonl.gz", joined(one, two));
    assertThat(reading.texts()).containsExactly("a.jsonl.gz:1 one", "a.jsonl.gz:2 two");
    assertThat(reading.refusals).isEmpty();
  }

  @Test
  void readsCsvAndArraysToo() {
    assertThat(new Reading().read(folder, "a.csv.gz", Reading.gz(bytes("id,text\n1,a"))).texts())
        .containsExactly("a.csv.gz:2 a");
    assertThat(
            new Reading()
                .read(folder, "a.json.GZ", Reading.gz(bytes("[{\"text\":\"a\"}]")))
                .texts())
        .containsExactly("a.json.GZ:1#1 a");
  }

  @Test
  void refusesATruncatedFileWhereverItIsCut() {
    byte[] whole = Reading.gz(bytes(lines()));
    for (int length = 1; length < whole.length; length++) {
      Reading reading = new Reading().read(folder, "a.jsonl.gz", Arrays.copyOf(whole, length));
      assertThat(reading.sentences())
          .as("cut at %s", length)
          .singleElement()
          .asString()
          .contains(TRUNCATED);
    }
  }

  @Test
  void callsAnEmptyFileEmptyAndOneByteNoGzip() {
    assertThat(new Reading().read(folder, "a.jsonl.gz", "").sentences())
        .containsExactly(
            "a.jsonl.gz: The file is empty: restore it, or remove it from the source's files in"
                + " attune.yaml.");
    assertThat(new Reading().read(folder, "a.jsonl.gz", "x").sentences())
        .containsExactly(
            "a.jsonl.gz: The file is damaged or not a gzip file: restore it, or remove .gz from its"
                + " name.");
    assertThat(new Reading().read(folder, "a.jsonl.gz", Reading.gz(bytes(""))).sentences())
        .isEmpty();
    assertThat(new Reading().read(folder, "a.jsonl", "").sentences()).isEmpty();
  }

  @Test
  void keepsTheCompleteRecordsWhereTruncatedFilesAreAllowed() {
    byte[] whole = Reading.gz(bytes(lines()));
    int most = 0;
    for (int length = 0; length < whole.length; length++) {
      Reading reading =
          new Reading()
              .allowingTruncatedFiles()
              .read(folder, "a.jsonl.gz", Arrays.copyOf(whole, length));
      assertThat(reading.refusals).isEmpty();
      assertThat(reading.rejected).hasSizeLessThanOrEqualTo(1);
      assertThat(reading.examples).hasSizeGreaterThanOrEqualTo(most);
      assertThat(String.join(",", reading.reasons()))
          .matches("|a.jsonl.gz:" + (reading.examples.size() + 1) + " MALFORMED_RECORD");
      most = reading.examples.size();
    }
    assertThat(most).isEqualTo(LINES);
  }

  @Test
  void marksThePartialRecordOfEveryType() {
    byte[] csv = bytes("id,text\n" + "1,a\n".repeat(1000) + "2,ab");
    Reading reading =
        new Reading()
            .allowingTruncatedFiles()
            .read(folder, "a.csv.gz", joined(Reading.gz(csv), new byte[] {31}));
    assertThat(reading.examples).hasSize(1000);
    assertThat(reading.reasons()).containsExactly("a.csv.gz:1002 MALFORMED_RECORD");
  }

  @Test
  void refusesBytesBehindTheLastMember() {
    byte[] good = Reading.gz(bytes("{\"text\":\"one\"}\n"));
    for (int behind = 1; behind < 40; behind++) {
      byte[] file = Arrays.copyOf(good, good.length + behind);
      assertThat(new Reading().read(folder, "a.jsonl.gz", file).sentences())
          .singleElement()
          .asString()
          .contains(TRUNCATED);
    }
  }

  @Test
  void refusesADamagedFile() {
    byte[] damaged = Reading.gz(bytes(lines()));
    damaged[damaged.length - 6] ^= 1;
    String sentence =
        "The file is damaged or not a gzip file: restore it, or remove .gz from its name.";
    assertThat(new Reading().read(folder, "a.jsonl.gz", damaged).sentences())
        .containsExactly("a.jsonl.gz: " + sentence);
    assertThat(
            new Reading()
                .allowingTruncatedFiles()
                .read(folder, "b.jsonl.gz", "{\"text\":\"plain, and longer than a header\"}")
                .sentences())
        .containsExactly("b.jsonl.gz: " + sentence);
  }

  @Test
  void refusesABombAndStopsReading() {
    byte[] bomb = Reading.gz(new byte[64 << 20]);
    Reading reading = new Reading().read(folder, "a.jsonl.gz", bomb);
    assertThat(reading.sentences())
        .containsExactly(
            "a.jsonl.gz: The file decompresses to more than 200 times its size: if you expect"
                + " that, raise limits.decompressedRatio.");
    assertThat(reading.rejected).isEmpty();
    Reading small = new Reading().read(folder, "b.jsonl.gz", Reading.gz(new byte[1 << 20]));
    assertThat(small.refusals).isEmpty();
  }

  private static String lines() {
    return IntStream.range(0, LINES)
        .mapToObj(i -> "{\"text\":\"" + i * 2_654_435_761L + "\"}\n")
        .collect(Collectors.joining());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] one, byte[] two) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(one);
    out.writeBytes(two);
    return out.toByteArray();
  }
}
