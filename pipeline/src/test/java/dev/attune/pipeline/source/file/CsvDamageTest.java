package dev.attune.pipeline.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files in which quotes are missing or extra. */
class CsvDamageTest {
  private static final String SEVERAL = "The record that starts here has several lines and ";
  private static final String TEXT_BEHIND = SEVERAL + "has text after a closing quote";
  private static final String ROWS = SEVERAL + "has lines that look like records";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.csv.gz"})
  void refusesAFieldOfSeveralLinesWithTextBehindItsQuote(String name) {
    String content = "id,text\n1,one\n2,\"two\n3,\"three, 3\"\n4,\"four\"\n5,five\n";
    assertThat(read(name, content).sentences())
        .containsExactly(
            name
                + ":3: "
                + TEXT_BEHIND
                + ": a quote is missing or extra, and other records may be hidden in it."
                + " Correct it. If the lines belong to the text, convert the file to JSONL.");
  }

  @Test
  void refusesTextBehindAQuoteThatOpensAgainAndRunsOn() {
    assertThat(read("id,text\n1,\"o\"n\"e\n2,two\n3,\"three\"\n").sentences())
        .singleElement()
        .asString()
        .startsWith("a.csv:2: " + TEXT_BEHIND);
  }

  @Test
  void losesOnlyTheRecordWhereItEndsInItsLine() {
    Reading reading = read("id,text\n1,\"o\"ne\n2,\"t\"w\"o\"\n3,three\n");
    assertThat(reading.reasons())
        .containsExactly("a.csv:2 MALFORMED_RECORD", "a.csv:3 MALFORMED_RECORD");
    assertThat(reading.texts()).containsExactly("a.csv:4 three");
    assertThat(reading.refusals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The text of 3 starts with the separator: 1 closes there, and one field is too much.
        "1,\"one\n2,two\n3,\",three\"\n",
        // The text of 3 starts with a line end: 1 closes there, and 3's own text is a record.
        "x,y\n1,\"one\n2,two\n3,\"\nthree\"\n",
        "1,\"one\",1,\"more\nlines\"\n"
      })
  void refusesARecordOfSeveralLinesWithAnotherNumberOfFields(String records) {
    assertThat(read("id,text,note\n" + records).sentences())
        .singleElement()
        .asString()
        .containsAnyOf(SEVERAL + "has 2 fields instead of 3", SEVERAL + "has 4 fields", ROWS)
        .contains(SEVERAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The quote behind the first text and that before the last one are lost.
        "id,text\n1,\"one\n2,two\n3,three\n4,four\"\n",
        "id,text\n1,\"one\n2,two\"\n",
        "id,text\n1,\"one\r\n2,two\r\n3,three\"\r\n",
        "id,text,note\nr-1,\"one,x\nr-2,two,x\nr-30,three\",x\n",
        "note,id,text\nx,4711,\"one\nx,1203,two\nx,9999,three\"\n",
        "id,text\n2f0b-11,\"one\n3a9c-2e,two\n4b7d-90,three\"\n",
        "text,note\n\"one,good\ntwo,bad\nthree\",good\n",
        // The text of 2 starts with a line end.
        "id,text\n1,\"one\n2,\"\ntwo\"\n",
        // An empty text between.
        "id,text\n1,\"one\n2,\"\"\n3,three\"\n"
      })
  void refusesAFieldWhoseLinesLookLikeRecords(String content) {
    Reading reading = read(content.replace("text,note\n\"one", "text,id\n\"one"));
    assertThat(reading.sentences()).singleElement().asString().contains(ROWS);
    assertThat(reading.examples).isEmpty();
  }

  @Test
  void refusesAnIdOfSeveralLinesAndAHeaderThatHoldsRecords() {
    assertThat(read("id,text\n\"1,one\n2\",two\n").sentences())
        .singleElement()
        .asString()
        .contains(ROWS);
    assertThat(read("id,text,\"note\n1,one,x\n2,two,y\"\n3,three,z\n").sentences())
        .singleElement()
        .asString()
        .contains(ROWS);
    assertThat(read("id,text,\"amount\n(EUR)\"\n3,three,z\n").texts())
        .containsExactly("a.csv:3 three");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dear Sir,\nthank you, and bye\nYours, A",
        "We need:\n3,5 kg of nails\n12,50 EUR in all",
        "1, the first\n2, the second\n3, the third",
        "First line\n\nThird line, after an empty one\n",
        "Table:\nname,amount\nscrew,12\nnail,7",
        "Opened 2024-01-02, closed\n2024-01-05, never again",
        "a\r\nb,c\r\nd"
      })
  void readsTextsOfSeveralLinesWithCommas(String text) {
    for (String id : new String[] {"17", "r-0017", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"}) {
      Reading reading = read("id,text\n" + id + ",\"" + text + "\"\nlast,end\n");
      assertThat(reading.refusals).as(text).isEmpty();
      assertThat(reading.rejected).isEmpty();
      assertThat(reading.texts()).hasSize(2).contains("a.csv:2 " + text);
    }
  }

  @Test
  void tellsRowsFromTextInARecordThatIsTooLargeToKeep() {
    String rows = "1,\"one\n" + "2,two\n".repeat(100_000) + "3,three\"\n";
    assertThat(read("id,text\n" + rows).sentences()).singleElement().asString().contains(ROWS);
    String text = "1,\"" + "all that was said, and more, goes on\nand on\n".repeat(20_000) + "\"\n";
    Reading reading = read("id,text\n" + text + "2,two\n");
    assertThat(reading.reasons()).containsExactly("a.csv:2 RECORD_TOO_LARGE");
    assertThat(reading.examples).hasSize(1);
  }

  private Reading read(String content) {
    return read("a.csv", content);
  }

  private Reading read(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Reading().read(folder, name, name.endsWith(".gz") ? Reading.gz(bytes) : bytes);
  }
}
