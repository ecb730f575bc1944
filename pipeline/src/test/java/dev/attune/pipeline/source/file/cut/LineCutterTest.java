package dev.attune.pipeline.source.file.cut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.bytes.Sha256;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.FieldHash;
import dev.attune.pipeline.source.file.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSONL files, good and bad. */
class LineCutterTest {
  @TempDir Path folder;

  @Test
  void givesLinesWithTheNumbersThatAnEditorShows() {
    Reading reading =
        new Reading()
            .read(
                folder,
                "a.jsonl",
                "\n{\"text\":\"one\"}\r\n \t\r\n{\"text\":\"two\"}\n{\"text\":\"ö\"}");
    assertThat(reading.texts()).containsExactly("a.jsonl:2 one", "a.jsonl:4 two", "a.jsonl:5 ö");
    assertThat(reading.rejected).isEmpty();
    assertThat(reading.refusals).isEmpty();
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(new Reading().read(folder, "a.jsonl", "\ufeff{\"text\":\"one\"}\n").texts())
        .containsExactly("a.jsonl:1 one");
  }

  @Test
  void refusesUtf16ByName() {
    byte[] utf16 = "\ufeff{\"text\":\"one\"}\n".getBytes(StandardCharsets.UTF_16LE);
    assertThat(new Reading().read(folder, "a.jsonl", utf16).sentences())
        .containsExactly("a.jsonl: The file is UTF-16: convert it to UTF-8.");
    byte[] gz = Reading.gz("\ufeff".getBytes(StandardCharsets.UTF_16BE));
    assertThat(new Reading().read(folder, "a.jsonl.gz", gz).sentences()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"half|MALFORMED_RECORD",
        "{\"text\":\"a\"} x|MALFORMED_RECORD",
        "{\"text\":\"a\"}{}|MALFORMED_RECORD",
        "{\"text\":\"a\",\"text\":\"b\"}|MALFORMED_RECORD",
        "{\"text\":\"a\",\"x\":[1,]}|MALFORMED_RECORD",
        "{'text':'a'}|MALFORMED_RECORD",
        "{\"text\":NaN}|MALFORMED_RECORD",
        "{\"text\":\"a\tb\"}|MALFORMED_RECORD",
        "[1] 2|MALFORMED_RECORD",
        "[\"a\"]|SCHEMA_VIOLATION",
        "\"a\"|SCHEMA_VIOLATION",
        "7|SCHEMA_VIOLATION",
        "null|SCHEMA_VIOLATION",
        "{\"text\":7}|SCHEMA_VIOLATION",
        "{\"id\":{},\"text\":\"a\"}|SCHEMA_VIOLATION",
        "{\"text\":null}|MISSING_FIELD",
        "{\"text\":\" \"}|MISSING_FIELD",
        "{\"id\":true}|MISSING_FIELD",
        "{}|MISSING_FIELD",
        "{\"text\":\"\\ud800\"}|INVALID_ENCODING",
        "{\"text\":\"\\udc00\\ud800\"}|INVALID_ENCODING"
      })
  void rejectsALineAndReadsTheNext(String line, String reason) {
    Reading reading = new Reading().read(folder, "a.jsonl", line + "\n{\"text\":\"next\"}\n");
    assertThat(reading.reasons()).containsExactly("a.jsonl:1 " + reason);
    assertThat(reading.texts()).containsExactly("a.jsonl:2 next");
  }

  @Test
  void takesEscapedPairsAndIgnoresOtherKeys() {
    Reading reading =
        new Reading()
            .read(folder, "a.jsonl", "{\"x\":{\"y\":[1,2]},\"id\":7,\"text\":\"\\ud83d\\ude00\"}");
    assertThat(reading.texts()).containsExactly("a.jsonl:1 😀");
    assertThat(reading.examples.get(0).id()).isEqualTo("observations:7");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xc0, 0xc1, 0xf5, 0xff, 0xe2})
  void rejectsALineWithAByteThatIsNoUtf8(int bad) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("{\"x\":\"".getBytes(StandardCharsets.UTF_8));
    out.write(bad);
    out.writeBytes("\",\"text\":\"a\"}\n{\"text\":\"next\"}".getBytes(StandardCharsets.UTF_8));
    Reading reading = new Reading().read(folder, "a.jsonl", out.toByteArray());
    assertThat(reading.reasons()).containsExactly("a.jsonl:1 INVALID_ENCODING");
    assertThat(reading.texts()).containsExactly("a.jsonl:2 next");
  }

  @Test
  void rejectsDeepNestingAndReadsTheNext() {
    String deep = "{\"text\":\"a\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    Reading reading =
        new Reading().withRecordBytes(100_000).read(folder, "a.jsonl", deep + "\n{\"text\":\"b\"}");
    assertThat(reading.reasons()).containsExactly("a.jsonl:1 MALFORMED_RECORD");
    assertThat(reading.texts()).containsExactly("a.jsonl:2 b");
  }

  @Test
  void rejectsALineOverTheLimitByOneByte() {
    String frame = "{\"text\":\"\"}";
    String most = "x".repeat(Reading.RECORD_BYTES - frame.length());
    Reading reading =
        new Reading()
            .read(
                folder,
                "a.jsonl",
                "{\"text\":\"" + most + "\"}\r\n{\"text\":\"" + most + "x\"}\r\n{\"text\":\"b\"}");
    assertThat(reading.texts()).containsExactly("a.jsonl:1 " + most, "a.jsonl:3 b");
    assertThat(reading.reasons()).containsExactly("a.jsonl:2 RECORD_TOO_LARGE");
    assertThat(reading.rejected.get(0).detail())
        .isEqualTo("The record is larger than limits.recordBytes. It has 1001 bytes.");
  }

  @Test
  void hashesALargeLineAsIfItWereKept() {
    byte[] line = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    var file = new ByteArrayOutputStream();
    file.writeBytes(line);
    file.writeBytes("\r\n{\"text\":\"b\"}\n".getBytes(StandardCharsets.UTF_8));
    Reading reading = new Reading().read(folder, "a.jsonl", file.toByteArray());
    RejectedRecord large = reading.rejected.get(0);
    byte[] sha256 = Sha256.newDigest().digest(line);
    assertThat(large.id()).isEqualTo("observations:" + FieldHash.prefix(sha256));
    assertThat(large.contentHash()).isEqualTo(ContentHash.of("test").hex(sha256));
    assertThat(large.detail()).endsWith("It has 1048576 bytes.");
    assertThat(reading.texts()).containsExactly("a.jsonl:2 b");
  }

  @Test
  void namesTheRecordByItsFieldsWhereItHasNoId() {
    Reading reading =
        new Reading()
            .read(
                folder,
                "a.jsonl",
                "{\"text\":\"a\"}\n{ \"x\":1, \"id\":\"  \", \"text\":\"a\" }\n{\"text\":\"b\"}");
    List<String> ids = reading.examples.stream().map(e -> e.id()).toList();
    assertThat(ids).hasSize(3).allMatch(id -> id.matches("observations:[0-9a-f]{32}"));
    assertThat(ids.get(0)).isNotEqualTo(ids.get(2));
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
  }

  @Test
  void neverQuotesTheRecord() {
    Reading reading =
        new Reading()
            .read(folder, "a.jsonl", "{\"text\":\"secret\n{\"text\":[\"secret\"]}\n[\"secret\"]");
    assertThat(reading.rejected).hasSize(3);
    assertThat(reading.rejected.toString()).doesNotContain("secret");
  }
}
