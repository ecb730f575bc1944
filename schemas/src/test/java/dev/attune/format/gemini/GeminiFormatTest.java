package dev.attune.format.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.format.ExampleFormatException;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiFormatTest {
  private static final GeminiFormat GEMINI = new GeminiFormat();

  @Test
  void writesSystemInstructionMediaAndTurns() {
    var line =
        new ExampleLine(
            "Name it.",
            List.of(
                new Turn(
                    Role.USER, "What \"is\" it?\n", List.of("gs://b/a.jpg", "https://h/b.PDF?c=d")),
                Turn.model("ä")));
    assertThat(text(GEMINI.encode(line)))
        .isEqualTo(
            "{\"systemInstruction\":{\"role\":\"system\",\"parts\":[{\"text\":\"Name it.\"}]},"
                + "\"contents\":[{\"role\":\"user\",\"parts\":["
                + "{\"fileData\":{\"mimeType\":\"image/jpeg\",\"fileUri\":\"gs://b/a.jpg\"}},"
                + "{\"fileData\":{\"mimeType\":\"application/pdf\","
                + "\"fileUri\":\"https://h/b.PDF?c=d\"}},"
                + "{\"text\":\"What \\\"is\\\" it?\\n\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\"ä\"}]}]}");
  }

  @Test
  void tellsNoSystemInstructionFromABlankOne() {
    var none = new ExampleLine(null, List.of(Turn.user(""), Turn.model(" ")));
    assertThat(text(GEMINI.encode(none)))
        .isEqualTo(
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\" \"}]}]}");
    assertThat(GEMINI.decode(GEMINI.encode(none)).system()).isNull();
    var blank = new ExampleLine("", none.turns());
    assertThat(GEMINI.decode(GEMINI.encode(blank)).system()).isEmpty();
  }

  @Test
  void readsKeysInAnyOrderAndWhiteSpace() {
    String json =
        """
        { "contents": [ {"parts": [{"fileData": {"fileUri": "gs://b/a.mp4", "mimeType": "video/mp4"}},
          {"text": "q"}], "role": "user"}, {"parts": [{"text": "a"}], "role": "model"} ],
          "systemInstruction": {"parts": [{"text": "s"}], "role": "system"} }
        """;
    assertThat(GEMINI.decode(bytes(json)))
        .isEqualTo(
            new ExampleLine(
                "s", List.of(new Turn(Role.USER, "q", List.of("gs://b/a.mp4")), Turn.model("a"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``| byte 1: this must be an object",
        "[]| byte 1: this must be an object",
        "{}| byte 2: before this, the key 'contents' is missing",
        "{\"contents\":[]}| byte 14: before this, 'contents' is empty",
        "{\"contents\":{}}| byte 13: this must be an array",
        "{\"contents\":[7]}| byte 14: this must be an object",
        "{\"secret\":1}| byte 2: this key is unknown",
        "{\"contents\":[{\"secret\":1}]}| byte 15: this key is unknown",
        "{\"contents\":[{\"role\":\"user\"}]}"
            + "| byte 28: before this, the key 'parts' is missing",
        "{\"contents\":[{\"parts\":[{\"text\":\"\"}]}]}"
            + "| byte 36: before this, the key 'role' is missing",
        "{\"contents\":[{\"role\":\"secret\"}]}"
            + "| byte 22: this role is neither 'user' nor 'model'",
        "{\"contents\":[{\"role\":\"user\",\"role\":\"user\"}]}"
            + "| byte 36: this key is repeated, or its value is of two kinds",
        "{\"contents\":[{\"parts\":[{\"text\":null}]}]}| byte 32: this must be a string",
        "{\"contents\":[{\"parts\":[]}]}| byte 24: before this, the key 'text' is missing",
        "{\"contents\":[{\"parts\":[{}]}]}| byte 25: before this, a part is empty",
        "{\"contents\":[{\"parts\":[{\"text\":\"\"},{\"text\":\"\"}]}]}"
            + "| byte 36: a part stands behind the text",
        "{\"contents\":[{\"parts\":[{\"inlineData\":{}}]}]}| byte 25: this key is unknown",
        "{\"contents\":[{\"parts\":[{\"fileData\":{\"mimeType\":\"image/png\","
            + "\"fileUri\":\"gs://b/a.jpg\"}}]}]}"
            + "| byte 84: before this, 'mimeType' is not that of the URI's ending",
        "{\"contents\":[{\"parts\":[{\"text\":\"\\ud800\"}]}]}"
            + "| byte 33: half a surrogate pair stands here",
        "{\"systemInstruction\":{\"role\":\"user\",\"parts\":[{\"text\":\"\"}]}}"
            + "| byte 58: before this, the role is not 'system'",
        "{\"contents\":[secret]}| byte 14: this must be an object"
      })
  void refusesWhatIsNotOfTheFormatWithoutQuotingIt(String json, String message) {
    assertThatThrownBy(() -> GEMINI.decode(bytes(json)))
        .isInstanceOf(ExampleFormatException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @Test
  void refusesMoreThanOneLineSays() {
    byte[] line = GEMINI.encode(new ExampleLine(null, List.of(Turn.user("u"), Turn.model("m"))));
    assertThatThrownBy(() -> GEMINI.decode(bytes(text(line) + "{}")))
        .isInstanceOf(ExampleFormatException.class)
        .hasMessageEndingWith("there is more after the end");
    assertThatThrownBy(() -> GEMINI.decode(bytes("\uFEFF" + text(line))))
        .isInstanceOf(ExampleFormatException.class);
    assertThatThrownBy(() -> GEMINI.decode(bytes(text(line).substring(0, line.length - 1))))
        .isInstanceOf(ExampleFormatException.class);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] line = GEMINI.encode(new ExampleLine(null, List.of(Turn.user("uu"), Turn.model("m"))));
    int text = text(line).indexOf("uu");
    line[text] = (byte) 0xC0; // an overlong NUL
    line[text + 1] = (byte) 0x80;
    assertThatThrownBy(() -> GEMINI.decode(line)).hasMessage("the line is not UTF-8");
  }

  @Test
  void refusesDeepNesting() {
    assertThatThrownBy(() -> GEMINI.decode(bytes("[".repeat(100_000))))
        .isInstanceOf(ExampleFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gs://b/a.jpeg",
        "gs://b/a.webp",
        "gs://b/a.mp3",
        "gs://b/a.WAV",
        "https://h/a.mov?token=1"
      })
  void supportsMediaOfItsTypes(String uri) {
    assertThat(GEMINI.supportsMedia(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs://b/a.gif", "gs://b/a", "http://h/a.png", "a.png", "gs://b/a.docx"})
  void supportsNoOtherMedia(String uri) {
    assertThat(GEMINI.supportsMedia(uri)).isFalse();
    var line = new ExampleLine(null, List.of(new Turn(Role.USER, "q", List.of(uri))));
    assertThatThrownBy(() -> GEMINI.encode(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToWriteHalfSurrogatePairsAndNoTurns() {
    assertThatThrownBy(() -> GEMINI.encode(new ExampleLine("\uD800", List.of(Turn.user("q")))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GEMINI.encode(new ExampleLine("s", List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
