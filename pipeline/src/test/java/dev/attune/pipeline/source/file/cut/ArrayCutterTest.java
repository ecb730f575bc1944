package dev.attune.pipeline.source.file.cut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.source.file.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON array files, good and bad. */
class ArrayCutterTest {
  private static final String NEXT = "{\"text\":\"next\"}";

  @TempDir Path folder;

  @Test
  void givesElementsWithTheLineWhereTheyStart() {
    Reading reading =
        read(
            String.join(
                "\r\n",
                "\ufeff [",
                "  {",
                "    \"text\": \"a,]}\\\"\"",
                "  } ,{\"text\":\"b\"},",
                "{\"text\":\"c\"}",
                "]",
                ""));
    assertThat(reading.texts())
        .containsExactly("a.json:2#1 a,]}\"", "a.json:4#2 b", "a.json:5#3 c");
    assertThat(reading.rejected).isEmpty();
    assertThat(reading.refusals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", " [ \n ] \n"})
  void givesNothingOfAnEmptyArray(String empty) {
    Reading reading = read(empty);
    assertThat(reading.examples).isEmpty();
    assertThat(reading.rejected).isEmpty();
    assertThat(reading.refusals).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":}|MALFORMED_RECORD",
        "{\"text\":\"a\",}|MALFORMED_RECORD",
        "{\"text\":\"a\",,\"x\":1}|MALFORMED_RECORD",
        "{\"text\":\"a\" \"x\":1}|MALFORMED_RECORD",
        "{text:\"a\"}|MALFORMED_RECORD",
        "{\"text\":NaN}|MALFORMED_RECORD",
        "{\"text\":\"a\tb\"}|MALFORMED_RECORD",
        "{\"text\":\"a\",\"text\":\"b\"}|MALFORMED_RECORD",
        "nonsense|MALFORMED_RECORD",
        "[1, 2]|SCHEMA_VIOLATION",
        "12|SCHEMA_VIOLATION",
        "{}|MISSING_FIELD"
      })
  void rejectsAnElementAndReadsTheNext(String element, String reason) {
    Reading reading = read("[" + element + "," + NEXT + "]");
    assertThat(reading.reasons()).containsExactly("a.json:1#1 " + reason);
    assertThat(reading.texts()).containsExactly("a.json:1#2 next");
    assertThat(reading.refusals).isEmpty();
  }

  @Test
  void rejectsBadBytesDeepNestingAndLargeElementsAlone() {
    var out = new ByteArrayOutputStream();
    out.writeBytes("[{\"text\":\"".getBytes(StandardCharsets.UTF_8));
    out.write(0xff);
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    String large = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}";
    out.writeBytes(
        ("\"},\n" + deep + ",\n" + large + ",\n" + NEXT + "]").getBytes(StandardCharsets.UTF_8));
    Reading reading =
        new Reading().withRecordBytes(30_000).read(folder, "a.json", out.toByteArray());
    assertThat(reading.reasons())
        .containsExactly(
            "a.json:1#1 INVALID_ENCODING",
            "a.json:2#2 MALFORMED_RECORD",
            "a.json:3#3 RECORD_TOO_LARGE");
    assertThat(reading.texts()).containsExactly("a.json:4#4 next");
  }

  @Test
  void countsTheBytesOfAnElementWithoutTheSpaceAroundIt() {
    String element = "{\"text\":\"" + "x".repeat(Reading.RECORD_BYTES - 11) + "\"}";
    assertThat(read("[ " + element + "  \n , " + NEXT + "]").examples).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"text\":\"a\"},{\"text\":\"b|a.json:1#2 MALFORMED_RECORD",
        "[{\"text\":\"a\"},{\"text\":\"b\"|a.json:1#2 MALFORMED_RECORD",
        "[{\"text\":\"a\"},|",
        "[{\"text\":\"a\"}|"
      })
  void refusesATruncatedArrayUnlessAllowed(String content, String partial) {
    assertThat(read(content).sentences())
        .containsExactly(
            "a.json: The file is truncated (its array is never closed): restore it, or set"
                + " limits.allowTruncatedFiles to keep its complete records.");
    Reading allowed = new Reading().allowingTruncatedFiles().read(folder, "a.json", content);
    assertThat(allowed.refusals).isEmpty();
    assertThat(allowed.texts()).containsExactly("a.json:1#1 a");
    assertThat(String.join(",", allowed.reasons())).isEqualTo(partial == null ? "" : partial);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"a\"}|starts with a JSON object, not an array",
        "text|has no JSON array",
        "[]]|after the ] that ends the array",
        "[] []|after the ] that ends the array",
        "''|: The file is empty: restore it, or remove it",
        "' '|: The file is empty: restore it, or remove it"
      })
  void refusesWhatIsNoArray(String content, String sentence) {
    assertThat(read(content).sentences()).singleElement().asString().contains(sentence);
  }

  private Reading read(String content) {
    return new Reading().read(folder, "a.json", content);
  }
}
