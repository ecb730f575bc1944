package dev.attune.pipeline.source.feedback.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "\"text\" | text",
        "~ \t\n \"text\" ~ | text",
        "\"\" | ~~",
        "\"null\" | null",
        "\"a\\n\\\"b\\\" \\u00e4 \\ud83d\\udee0\" | ~a\n\"b\" ä 🛠~",
        "\"{}\" | {}",
        "5 | 5",
        "~ -1.50e+3 ~ | -1.50e+3",
        "true | true",
        "false | false",
      })
  void makesATextOfAStringAndOfAScalar(String json, String text) {
    assertThat(JsonText.isStructured(json)).isFalse();
    assertThat(JsonText.scalar(json)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", " null "})
  void takesNullForNothing(String json) {
    assertThat(JsonText.isStructured(json)).isFalse();
    @Nullable String text = JsonText.scalar(json);
    assertThat(text).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " [\"a\"]", "\n{\"a\": 1}", "[", "{"})
  void knowsObjectsAndArrays(String json) {
    assertThat(JsonText.isStructured(json)).isTrue();
  }

  @Test
  void takesLongValues() {
    String text = "x".repeat(30_000_000);
    String digits = "1".repeat(100_000);

    assertThat(JsonText.scalar('"' + text + '"')).isEqualTo(text);
    assertThat(JsonText.scalar(digits)).isEqualTo(digits);
  }
}
