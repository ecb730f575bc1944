package dev.attune.pipeline.source.file.field;

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

/** CSV files, good and bad. */
class CsvFieldsTest {
  @TempDir Path folder;

  @Test
  void givesRecordsWithTheLineWhereTheyStart() {
    Reading reading =
        read("id,text\n1,one\n\n2,\"two\nlines, \"\"quoted\"\"\"\n\"3\",\"\"\"\"\n4,fünf\u00e9😀");
    assertThat(reading.texts())
        .containsExactly(
            "a.csv:2 one", "a.csv:4 two\nlines, \"quoted\"", "a.csv:6 \"", "a.csv:7 fünf\u00e9😀");
    assertThat(reading.examples).extracting(e -> e.id()).contains("observations:3");
    assertThat(reading.rejected).isEmpty();
    assertThat(reading.refusals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r"})
  void takesEveryLineEnd(String end) {
    Reading reading =
        read(
            String.join(
                end, "\ufeffx,text,id", ",one,1", "", "y,\"two" + end + "b\",2", ",three,3", ""));
    assertThat(reading.texts())
        .containsExactly("a.csv:2 one", "a.csv:4 two" + end + "b", "a.csv:6 three");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void takesOtherSeparators(String separator) {
    Reading reading =
        new Reading()
            .withSeparator(separator.charAt(0))
            .read(folder, "a.csv", "id" + separator + "text\n1" + separator + "a,b\n");
    assertThat(reading.texts()).containsExactly("a.csv:2 a,b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|MALFORMED_RECORD",
        "1,a,b|MALFORMED_RECORD",
        "1,\"a\" b|MALFORMED_RECORD",
        "1,\"a\"b\"c\"|MALFORMED_RECORD",
        "1,|MISSING_FIELD",
        "1,\" \"|MISSING_FIELD"
      })
  void rejectsARecordAndReadsTheNext(String record, String reason) {
    Reading reading = read("id,text\n" + record + "\n2,next\n");
    assertThat(reading.reasons()).containsExactly("a.csv:2 " + reason);
    assertThat(reading.texts()).containsExactly("a.csv:3 next");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|` It has 1 field, the header 2.`",
        "1,a,b|` It has 3 fields, the header 2.`",
        "1,\"a\" b|``"
      })
  void saysHowManyFieldsARecordHas(String record, String said) {
    assertThat(read("id,text\n" + record + "\n").rejected)
        .extracting(rejected -> rejected.detail())
        .containsExactly("The record cannot be parsed." + said);
  }

  @Test
  void takesAFileWithoutARecordForNone() {
    for (String nothing : new String[] {"", "\ufeff", "\n", "\r\n\r\n"}) {
      Reading reading = read(nothing);
      assertThat(reading.examples).isEmpty();
      assertThat(reading.rejected).isEmpty();
      assertThat(reading.refusals).isEmpty();
    }
  }

  @Test
  void takesAQuoteWithinAFieldAsText() {
    assertThat(read("id,text\n1,5\" of \"rain\n2,b").texts())
        .containsExactly("a.csv:2 5\" of \"rain", "a.csv:3 b");
  }

  @Test
  void rejectsARecordWithAByteThatIsNoUtf8() {
    var out = new ByteArrayOutputStream();
    out.writeBytes("id,text\n1,one\n2,".getBytes(StandardCharsets.UTF_8));
    out.write(0xfc);
    out.writeBytes("\n3,three\n".getBytes(StandardCharsets.UTF_8));
    Reading reading = new Reading().read(folder, "a.csv", out.toByteArray());
    assertThat(reading.reasons()).containsExactly("a.csv:3 INVALID_ENCODING");
    assertThat(reading.texts()).containsExactly("a.csv:2 one", "a.csv:4 three");
  }

  @Test
  void rejectsARecordOverTheLimitAndReadsTheNext() {
    String large = "2,\"" + "line\n".repeat(100_000) + "\"";
    Reading reading = read("id,text\n1,one\n" + large + "\n3,three\n");
    assertThat(reading.reasons()).containsExactly("a.csv:3 RECORD_TOO_LARGE");
    assertThat(reading.texts()).containsExactly("a.csv:2 one", "a.csv:100004 three");
    assertThat(reading.rejected.get(0).detail()).endsWith("It has " + large.length() + " bytes.");
  }

  @Test
  void refusesAnUnclosedQuoteUnlessAllowed() {
    String content = "id,text\n1,one\n2,\"two\n3,three\n";
    Reading refused = read(content);
    assertThat(refused.texts()).containsExactly("a.csv:2 one");
    assertThat(refused.sentences())
        .containsExactly(
            "a.csv: The file is truncated (a quote of the record in line 3 is never closed):"
                + " restore it, or set limits.allowTruncatedFiles to keep its complete records.");
    Reading allowed = new Reading().allowingTruncatedFiles().read(folder, "a.csv", content);
    assertThat(allowed.texts()).containsExactly("a.csv:2 one");
    assertThat(allowed.reasons()).containsExactly("a.csv:3 MALFORMED_RECORD");
    assertThat(allowed.refusals).isEmpty();
  }

  @Test
  void refusesAMissingColumnAndNamesThoseThatAreThere() {
    assertThat(read("id;text\n1;a\n").sentences())
        .containsExactly(
            "a.csv: The file has no column \"id\", \"text\": its header seems to be separated by"
                + " \";\"; set separator: \";\" in attune.yaml.");
    assertThat(read("id,\"te\"xt\n").sentences())
        .containsExactly(
            "a.csv: The header cannot be parsed: it has text after a closing quote. Correct it.");
  }

  @Test
  void refusesAMappedColumnThatStandsTwice() {
    assertThat(read("id,text,text\n1,a,b\n").sentences())
        .containsExactly("a.csv: The header has the column \"text\" twice: rename one of them.");
    assertThat(read("id,text,,\n1,a,b,c\n").texts()).containsExactly("a.csv:2 a");
    assertThat(read("id,x,text,x\n1,b,a,c\n").texts()).containsExactly("a.csv:2 a");
  }

  @Test
  void givesNothingOfAHeaderAlone() {
    Reading reading = read("id,text\r\n");
    assertThat(reading.examples).isEmpty();
    assertThat(reading.rejected).isEmpty();
    assertThat(reading.refusals).isEmpty();
  }

  private Reading read(String content) {
    return new Reading().read(folder, "a.csv", content);
  }
}
