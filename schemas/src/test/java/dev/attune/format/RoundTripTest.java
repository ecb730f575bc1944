package dev.attune.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.OutputFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What every format promises, over any text that UTF-8 can carry. */
class RoundTripTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property
  void decodesWhatItEncoded(@ForAll OutputFormat format, @ForAll("lines") ExampleLine line) {
    ExampleFormat formats = ExampleFormats.of(format);
    assertThat(formats.decode(formats.encode(line))).isEqualTo(line);
  }

  @Property
  void writesTheSameBytesAgain(@ForAll OutputFormat format, @ForAll("lines") ExampleLine line) {
    ExampleFormat formats = ExampleFormats.of(format);
    byte[] bytes = formats.encode(line);
    assertThat(formats.encode(formats.decode(bytes))).isEqualTo(bytes);
    assertThat(bytes).doesNotContain((byte) '\n');
  }

  /** Against a parser that is not ours: the text comes through JSON unharmed. */
  @Property
  void writesTextAsOtherParsersReadIt(@ForAll("texts") String text) throws IOException {
    var line = new ExampleLine(text, List.of(Turn.user(text), Turn.model(text)));
    JsonNode gemini = JSON.readTree(ExampleFormats.of(OutputFormat.GEMINI).encode(line));
    assertThat(gemini.at("/systemInstruction/parts/0/text").textValue()).isEqualTo(text);
    assertThat(gemini.at("/contents/1/parts/0/text").textValue()).isEqualTo(text);
    JsonNode openAi = JSON.readTree(ExampleFormats.of(OutputFormat.OPENAI).encode(line));
    assertThat(openAi.at("/messages/2/content").textValue()).isEqualTo(text);
  }

  /** Nothing is escaped that JSON does not ask for. */
  @Property
  void writesTextOutsideAsciiAsItIs(@ForAll("texts") String text) {
    String kept =
        text.codePoints()
            .filter(c -> c >= 0x7F)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    byte[] json = new Utf8JsonWriter(0).string(kept).toByteArray();
    assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo('"' + kept + '"');
  }

  @Provide
  Arbitrary<ExampleLine> lines() {
    Arbitrary<List<String>> media =
        Arbitraries.of(
                "https://example.org/a/b.PNG?size=1&x=\"#f",
                "https://example.org/ä.jpg",
                "https://h/%20.webp")
            .list()
            .ofMaxSize(3);
    Arbitrary<Turn> users =
        Combinators.combine(texts(), media).as((text, uris) -> new Turn(Role.USER, text, uris));
    Arbitrary<List<Turn>> turns =
        Arbitraries.oneOf(users, texts().map(Turn::model)).list().ofMinSize(1).ofMaxSize(5);
    return Combinators.combine(texts().injectNull(0.3), turns).as(ExampleLine::new);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> codePoints =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7F),
            Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE),
            Arbitraries.of(
                0, 0x22, 0x5C, 0x2F, 0x0A, 0x7F, 0x80, 0x7FF, 0x800, 0x2028, 0xFEFF, 0xFFFF,
                0x1F600, 0x10FFFF));
    return codePoints
        .list()
        .ofMaxSize(60)
        .map(
            list -> {
              var text = new StringBuilder();
              list.forEach(text::appendCodePoint);
              return text.toString();
            });
  }
}
