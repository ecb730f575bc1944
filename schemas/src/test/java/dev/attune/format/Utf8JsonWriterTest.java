package dev.attune.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8JsonWriterTest {

  @Test
  void escapesWhatJsonAsksForAndNothingElse() {
    assertThat(json("a\"b\\c/\b\t\n\f\r\u0000\u001F\u007F\u2028ä€\uD83D\uDE00'<>"))
        .isEqualTo("\"a\\\"b\\\\c/\\b\\t\\n\\f\\r\\u0000\\u001f\u007F\u2028ä€\uD83D\uDE00'<>\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uDE00b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "ab\uD83D"})
  void refusesHalfSurrogatePairs(String text) {
    assertThatThrownBy(() -> json(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("half a surrogate pair at index ");
  }

  @Test
  void growsWithoutLoss() {
    String text = "\u0001\uD83D\uDE00x€".repeat(1000);
    var out = new Utf8JsonWriter(1).raw(Utf8JsonWriter.ascii("[")).string(text).string(text);
    String expected = "\"" + "\\u0001\uD83D\uDE00x€".repeat(1000) + "\"";
    assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo("[" + expected + expected);
  }

  @Test
  void takesAsciiLiteralsAlone() {
    assertThatThrownBy(() -> Utf8JsonWriter.ascii("aä"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not ASCII at index 1");
  }

  private static String json(String text) {
    return new String(new Utf8JsonWriter(4).string(text).toByteArray(), StandardCharsets.UTF_8);
  }
}
