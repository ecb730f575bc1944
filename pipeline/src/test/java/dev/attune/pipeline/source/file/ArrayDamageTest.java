package dev.attune.pipeline.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays in which a quote, bracket or comma is missing or extra. */
class ArrayDamageTest {
  private static final String UNCERTAIN = "It is not certain where this element ends";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.json.gz"})
  void readsTheOtherLinesWhereTwoOfSixtyHaveLostAQuote(String name) {
    Reading reading = read(name, resource("array-two-quotes-missing.json"));
    assertThat(reading.reasons())
        .containsExactly(name + ":14#13 MALFORMED_RECORD", name + ":43#42 MALFORMED_RECORD");
    assertThat(reading.examples).hasSize(58);
    assertThat(reading.examples)
        .extracting(e -> e.id())
        .doesNotHaveDuplicates()
        .contains("observations:a13", "observations:a40", "observations:a59");
    assertThat(reading.refusals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.json.gz"})
  void refusesTheSameArrayPrintedOverSeveralLines(String name) {
    String pretty =
        resource("array-two-quotes-missing.json")
            .replace("{\"id\"", "  {\n    \"id\"")
            .replace(", \"", ",\n    \"")
            .replace("]}", "]\n  }");
    Reading reading = read(name, pretty);
    assertThat(reading.sentences())
        .singleElement()
        .asString()
        .startsWith(name + ":62#13: " + UNCERTAIN);
    assertThat(reading.examples).hasSize(12);
    assertThat(reading.rejected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.json.gz"})
  void refusesTheSameArrayInOneLine(String name) {
    String oneLine = resource("array-two-quotes-missing.json").replace("\n", "");
    assertThat(read(name, oneLine).sentences())
        .singleElement()
        .asString()
        .startsWith(name + ":1#13: " + UNCERTAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.json.gz"})
  void refusesACommaBehindTheLastElement(String name) {
    Reading reading = read(name, resource("array-trailing-comma.json"));
    assertThat(reading.sentences())
        .containsExactly(
            name + ":1#3: There is a comma after the last element of the array: remove it.");
    assertThat(reading.rejected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.json.gz"})
  void namesTheElementsOfAnArrayInOneLine(String name) {
    Reading reading = read(name, resource("label-studio-min.json"));
    assertThat(reading.examples)
        .extracting(e -> e.location())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 7).mapToObj(i -> name + ":1#" + i).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"2\",\"text\":\"b,\"x\":[1]}",
        "{\"id\":\"2\",\"text\":b\",\"x\":[1]}",
        "{\"id:\"2\",\"text\":\"b\",\"x\":[1]}",
        "\"id\":\"2\",\"text\":\"b\",\"x\":[1]}",
        "{\"id\":\"2\",\"text\":\"b\",\"x\":[1]",
        "{\"id\":\"2\",\"text\":\"b\",\"x\":[1}",
        "{\"id\":\"2\",\"text\":\"b\",\"x\":1]}",
        "{\"id\":\"2\",\"text\":\"b\",\"x\":[1]}}",
        "[{\"id\":\"2\",\"text\":\"b\",\"x\":[1]}",
        "{\"id\":\"2\",\"text\":\"b\",\"x\":[1]} x",
        "{\"id\":\"2\",\"text\":\"b\\\",\"x\":[1]}",
        "{\"id\":\"2\",\"x\":[{\"y\":1},{\"y\":2},{\"y\":3}],\"text\":\"b}",
        "{\"id\":\"2\",\"text\":\"b\",\"x\"[1]}"
      })
  void losesOnlyTheLineThatIsBad(String bad) {
    for (int at = 0; at < 4; at++) {
      StringBuilder array = new StringBuilder("[\n");
      for (int i = 0; i < 4; i++) {
        array
            .append(i == at ? bad : ("{\"id\":\"" + i + "\",\"text\":\"t\",\"x\":[1]}"))
            .append(i < 3 ? ",\n" : "\n]\n");
      }
      Reading reading = read("a.json", array.toString());
      assertThat(reading.refusals).as("%s in place %s", bad, at).isEmpty();
      assertThat(reading.reasons())
          .containsExactly("a.json:" + (at + 2) + "#" + (at + 1) + " MALFORMED_RECORD");
      assertThat(reading.examples).hasSize(3);
    }
  }

  /** It would be a whole array with the next lines in it, if that were ever closed. */
  @Test
  void losesOnlyTheLineInWhichAnArrayIsLeftOpen() {
    Reading reading =
        read("a.json", "[\n{\"text\":\"a\"},\n{\"text\":\"b\",\"x\":[1,\n{\"text\":\"c\"}\n]");
    assertThat(reading.reasons()).containsExactly("a.json:3#2 MALFORMED_RECORD");
    assertThat(reading.texts()).containsExactly("a.json:2#1 a", "a.json:4#3 c");
  }

  @ParameterizedTest
  @CsvSource({"'\n',1", "'\r',1", "'\r\n',1", "'\n\n',2"})
  void takesEveryLineEnd(String end, int lines) {
    String array =
        String.join(end, "[", "{\"text\":\"a},", "{\"text\":\"b\"},", "{\"text\":\"c\"}", "]");
    Reading reading = read("a.json", array);
    assertThat(reading.reasons()).containsExactly("a.json:" + (1 + lines) + "#1 MALFORMED_RECORD");
    assertThat(reading.texts())
        .containsExactly(
            "a.json:" + (1 + 2 * lines) + "#2 b", "a.json:" + (1 + 3 * lines) + "#3 c");
  }

  @Test
  void takesLinesThatStartWithTheComma() {
    Reading reading = read("a.json", "[ {\"text\":\"a\"}\n, {\"text\":\"b}\n, {\"text\":\"c\"}\n]");
    assertThat(reading.reasons()).containsExactly("a.json:2#2 MALFORMED_RECORD");
    assertThat(reading.texts()).containsExactly("a.json:1#1 a", "a.json:3#3 c");
  }

  @Test
  void readsLinesWithoutCommas() {
    Reading reading = read("a.json", "[\n{\"text\":\"a\"}\n{\"text\":\"b\"}\n]");
    assertThat(reading.texts()).containsExactly("a.json:2#1 a", "a.json:3#2 b");
    assertThat(reading.refusals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Two elements in the bad line, or in another.
        "[\n{\"text\":\"a},{\"text\":\"b\"},\n{\"text\":\"c\"}\n]",
        "[\n{\"text\":\"a\"},\n{\"text\":\"b},{\"text\":\"c\"}\n]",
        "[\n{\"text\":\"a\"},\n{\"text\":\"b},\n{\"text\":\"c\"},{\"text\":\"d\"}\n]",
        "[\n{\"text\":\"a\"},{\"text\":\"b\"},\n{\"text\":\"c},\n{\"text\":\"d\"}\n]",
        "[{\"text\":\"a\"},{\"text\":\"b\"\n},{\"text\":c\"}]",
        "[\n{\"x\":[{\"z\":1},{\"text\":2}],\"text\":\"a},\n{\"text\":\"b\"}\n]",
        // Elements of several lines.
        "[\n{\n\"text\":\"a\n},\n{\n\"text\":\"b\"\n}\n]",
        "[\n{\"x\":1,\n\"text\":\"a},\n{\"x\":2,\n\"text\":\"b\"}\n]",
        "[\n{\"text\":\"a},\n{\"x\":2,\n\"text\":\"b\"},\n{\"text\":\"c\"}\n]",
        "[\n{\"text\":\"a\nb\",\n\"x\":1}\n]",
        // No line shows how the file is written.
        "[\n{\"text\":\"a}\n]",
        "[{\"text\":\"a\"} {\"text\":\"b\"}]",
        "[{\"text\":\"a\"]},{\"text\":\"b\"}]",
        "[{\"text\":\"a\"}},{\"text\":\"b\"}]",
        "[{\"text\":\"a\"},[{\"text\":\"b\"},{\"text\":\"c\"}],{\"text\":\"d\"}]",
        "[{\"text\":\"a\" x},{\"text\":\"b\"}]"
      })
  void refusesAnyOtherFileWithAnUncertainElement(String content) {
    Reading reading = read("a.json", content);
    assertThat(reading.sentences()).singleElement().asString().contains(UNCERTAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"text\":\"a\"},,{\"text\":\"b\"}]|a.json:1#2: There is no element between two commas",
        "[,{\"text\":\"a\"}]|a.json:1#1: There is no element between two commas",
        "[,]|a.json:1#1: There is no element between two commas",
        "[{\"text\":\"a\"}]]|a.json:1: There is text after the ] that ends",
        "[{\"text\":\"a\"}][{\"text\":\"b\"}]|a.json:1: There is text after the ] that ends"
      })
  void refusesCommasAndBracketsBetweenElements(String content, String sentence) {
    Reading reading = read("a.json", content);
    assertThat(reading.sentences()).singleElement().asString().startsWith(sentence);
    assertThat(reading.rejected).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"text\":\"c\"},\n,\n{\"text\":\"d\"}\n]`|There is no element",
        "`{\"text\":\"c\"},\n]`|There is a comma after the last",
        "`{\"text\":\"c\"}\n]\n]`|There is text after the ]"
      })
  void refusesThemBehindABadLineToo(String rest, String sentence) {
    Reading reading = read("a.json", "[\n{\"text\":\"a},\n{\"text\":\"b\"},\n" + rest);
    assertThat(reading.sentences()).singleElement().asString().contains(sentence);
  }

  @Test
  void refusesAFileThatEndsBehindABadLineUnlessAllowed() {
    String content = "[\n{\"text\":\"a\"},\n{\"text\":\"b},\n{\"text\":\"c\"},\n{\"text\":\"d\",";
    assertThat(read("a.json", content).sentences())
        .singleElement()
        .asString()
        .contains("The file is truncated (its array is never closed)");
    Reading allowed = new Reading().allowingTruncatedFiles().read(folder, "a.json", content);
    assertThat(allowed.refusals).isEmpty();
    assertThat(allowed.texts()).containsExactly("a.json:2#1 a", "a.json:4#3 c");
    assertThat(allowed.reasons())
        .containsExactly("a.json:3#2 MALFORMED_RECORD", "a.json:5#4 MALFORMED_RECORD");
  }

  @Test
  void takesTheBracketBehindABadLastElementAsTheEnd() {
    Reading reading = read("a.json", "[{\"text\":\"a\"},\n{\"text\":\"b}]\n");
    assertThat(reading.reasons()).containsExactly("a.json:2#2 MALFORMED_RECORD");
    assertThat(reading.refusals).isEmpty();
  }

  @Test
  void readsOnBehindALargeElementAndRefusesABadLineThatIsLarge() {
    String large = "x".repeat(400_000);
    String after = ",\n{\"text\":\"b\"},\n{\"text\":\"c},\n{\"text\":\"d\"}\n]";
    Reading whole = read("a.json", "[\n{\"text\":\"" + large + "\"}" + after);
    assertThat(whole.reasons())
        .containsExactly("a.json:2#1 RECORD_TOO_LARGE", "a.json:4#3 MALFORMED_RECORD");
    assertThat(whole.texts()).containsExactly("a.json:3#2 b", "a.json:5#4 d");
    assertThat(read("a.json", "[\n{\"text\":\"" + large + "}" + after).sentences())
        .singleElement()
        .asString()
        .startsWith("a.json:2#1: " + UNCERTAIN);
  }

  @Test
  void isLinearForLinesThatNeverClose() {
    String line = "{\"text\":[{\"a\":[\n";
    String hostile = "[\n{\"text\":\"a\"},\n" + line.repeat(200_000);
    assertThat(read("a.json", hostile).refusals).hasSize(1);
    String wide = "[\n{\"text\":\"a},\n" + "{\"x\":".repeat(100_000) + "\n]";
    assertThat(new Reading().withRecordBytes(1 << 20).read(folder, "a.json", wide).refusals)
        .hasSize(1);
  }

  private Reading read(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Reading().read(folder, name, name.endsWith(".gz") ? Reading.gz(bytes) : bytes);
  }

  private static String resource(String name) {
    try (InputStream in = ArrayDamageTest.class.getResourceAsStream("ArrayDamageTest/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
