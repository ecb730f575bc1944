package dev.attune.format.openai;

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

class OpenAiFormatTest {
  private static final OpenAiFormat OPENAI = new OpenAiFormat();

  @Test
  void writesMessages() {
    var line = new ExampleLine("Name it.", List.of(Turn.user("What \"is\" it?"), Turn.model("ä")));
    assertThat(text(OPENAI.encode(line)))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"system\",\"content\":\"Name it.\"},"
                + "{\"role\":\"user\",\"content\":\"What \\\"is\\\" it?\"},"
                + "{\"role\":\"assistant\",\"content\":\"ä\"}]}");
  }

  @Test
  void writesImagesBeforeTheText() {
    var line =
        new ExampleLine(
            null, List.of(new Turn(Role.USER, "q", List.of("https://h/a.png")), Turn.model("a")));
    assertThat(text(OPENAI.encode(line)))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://h/a.png\"}},"
                + "{\"type\":\"text\",\"text\":\"q\"}]},"
                + "{\"role\":\"assistant\",\"content\":\"a\"}]}");
  }

  @Test
  void tellsNoSystemInstructionFromABlankOne() {
    List<Turn> turns = List.of(Turn.user("q"), Turn.model("a"));
    assertThat(OPENAI.decode(OPENAI.encode(new ExampleLine(null, turns))).system()).isNull();
    assertThat(OPENAI.decode(OPENAI.encode(new ExampleLine("", turns))).system()).isEmpty();
  }

  @Test
  void readsKeysInAnyOrderAndWhiteSpace() {
    String json =
        """
        { "messages": [ {"content": [{"image_url": {"url": "https://h/a.png"}, "type": "image_url"},
          {"text": "q", "type": "text"}], "role": "user"}, {"content": "a", "role": "assistant"} ] }
        """;
    assertThat(OPENAI.decode(bytes(json)))
        .isEqualTo(
            new ExampleLine(
                null,
                List.of(new Turn(Role.USER, "q", List.of("https://h/a.png")), Turn.model("a"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]| byte 1: this must be an object",
        "{}| byte 2: before this, the key 'messages' is missing",
        "{\"messages\":[]}| byte 14: before this, 'messages' holds no turn",
        "{\"messages\":[],\"messages\":[]}| byte 14: before this, 'messages' holds no turn",
        "{\"secret\":1}| byte 2: this key is unknown",
        "{\"messages\":[{\"name\":\"secret\"}]}| byte 15: this key is unknown",
        "{\"messages\":[{\"role\":\"user\"}]}"
            + "| byte 28: before this, the key 'content' is missing",
        "{\"messages\":[{\"content\":\"secret\"}]}"
            + "| byte 33: before this, the key 'role' is missing",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"\"}]}"
            + "| byte 41: before this, a role is not 'system', 'user' or 'assistant'",
        "{\"messages\":[{\"role\":\"user\",\"content\":null}]}"
            + "| byte 39: this must be a string or an array",
        "{\"messages\":[{\"role\":\"system\",\"content\":\"\"}]}"
            + "| byte 44: before this, 'messages' holds no turn",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"\"},{\"role\":\"system\",\"content\":\"\"}]}|"
            + " byte 72: before this, a system message is not the first",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"text\":\"\"}]}]}"
            + "| byte 69: before this, a part's type is not that of its content",
        "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}"
            + "| byte 40: before this, the key 'text' is missing",
        "{\"messages\":[{\"content\":[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\"}]}]}"
            + "| byte 52: a part stands behind the text",
        "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"gs://b/a.png\"}}]}]}|"
            + " byte 79: before this, a URL is not of an image on https",
        "{\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://h/a.png\",\"detail\":\"low\"}}]}]}|"
            + " byte 83: this key is unknown",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
            + "{\"url\":\"https://h/a.png\"}},{\"type\":\"text\",\"text\":\"\"}]}]}"
            + "| byte 130: before this, a message that is not the user's holds media"
      })
  void refusesWhatIsNotOfTheFormatWithoutQuotingIt(String json, String message) {
    assertThatThrownBy(() -> OPENAI.decode(bytes(json)))
        .isInstanceOf(ExampleFormatException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h/a.jpg", "https://h/a.JPEG?x=y", "https://h/a.webp"})
  void supportsImagesOnHttps(String uri) {
    assertThat(OPENAI.supportsMedia(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs://b/a.png", "https://h/a.pdf", "https://h/a", "http://h/a.png"})
  void supportsNoOtherMedia(String uri) {
    assertThat(OPENAI.supportsMedia(uri)).isFalse();
    var line = new ExampleLine(null, List.of(new Turn(Role.USER, "q", List.of(uri))));
    assertThatThrownBy(() -> OPENAI.encode(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToWriteWhatTheFormatCannotHold() {
    var image = List.of("https://h/a.png");
    var answer = new ExampleLine(null, List.of(new Turn(Role.MODEL, "a", image)));
    assertThatThrownBy(() -> OPENAI.encode(answer)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OPENAI.encode(new ExampleLine("s", List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OPENAI.encode(new ExampleLine("s", List.of(Turn.user("\uDC00")))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
