package dev.attune.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.gemini.GeminiRules;
import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Lines;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.openai.OpenAiRules;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.format.rule.Level;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any bytes. */
class CheckPropertiesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  @Property
  void findsNothingInWhatAttuneWrites(
      @ForAll OutputFormat format, @ForAll("examples") ExampleLine example) {
    byte[] line = ExampleFormats.of(format).encode(example);
    boolean nul = new String(line, StandardCharsets.UTF_8).contains("\\u0000");
    assertThat(read(format, line).texts())
        .isEqualTo(nul ? List.of("nul-character: a text has \\u0000") : List.of());
    assertThat(read(format, line).facts().foreign).isFalse();
    assertThat(Checking.report(format, null, line).tokens())
        .isEqualTo(dev.attune.catalog.TokenEstimate.of(example));
  }

  /** Lines with some bytes changed, left out or repeated: what it takes, the formats decode. */
  @Property(tries = 5_000)
  void agreesWithTheFormats(
      @ForAll OutputFormat format,
      @ForAll("examples") ExampleLine example,
      @ForAll @Size(max = 4) List<Integer> places,
      @ForAll("bytes") byte[] put) {
    byte[] line = ExampleFormats.of(format).encode(example);
    for (int i = 0; i < places.size(); i++) {
      line = changed(line, places.get(i), put, i);
    }
    Reading read = read(format, line);
    boolean errors = read.hasError();
    if (!errors && !read.facts().foreign) {
      assertThat(ExampleFormats.of(format).decode(line).turns()).isNotEmpty();
    }
    if (read.texts().stream().anyMatch(text -> text.startsWith("not-utf8"))) {
      assertThat(isUtf8(line)).isFalse();
    } else if (read.texts().stream().anyMatch(text -> text.startsWith("not-json"))) {
      // Jackson passes half surrogate pairs on; no text can hold them.
      assertThat(parses(line) && !read.texts().toString().contains("unpaired surrogate")).isFalse();
    } else if (read.texts().stream().noneMatch(text -> text.startsWith("blank-line"))) {
      assertThat(parses(line)).isTrue();
    }
    if (errors && decodes(format, line)) {
      // Taken by the formats, refused by providers: an empty text, roles in another order.
      assertThat(read.texts()).noneMatch(text -> text.startsWith("not-"));
    }
  }

  private static byte[] changed(byte[] line, int place, byte[] put, int kind) {
    if (line.length == 0) {
      return put;
    }
    int at = Math.floorMod(place, line.length);
    byte[] head = Arrays.copyOf(line, at);
    int from = kind % 2 == 0 ? at : Math.min(line.length, at + put.length);
    byte[] tail = Arrays.copyOfRange(line, from, line.length);
    return ByteBuffer.allocate(head.length + put.length + tail.length)
        .put(head)
        .put(put)
        .put(tail)
        .array();
  }

  @Property
  void accountsForEveryLineOfAnySoup(
      @ForAll OutputFormat format,
      @ForAll @Size(max = 300) byte[] soup,
      @ForAll @IntRange(min = 1, max = 40) int longest)
      throws IOException {
    FileReport report = Checking.report(format, null, soup);
    List<String> lines = new ArrayList<>();
    String text = new String(soup, StandardCharsets.ISO_8859_1);
    lines.addAll(Arrays.asList(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    assertThat(report.lines()).isEqualTo(lines.size());
    assertThat(report.bytes()).isEqualTo(soup.length);
    assertThat(report.linesWithErrors()).isEqualTo(lines.size());

    Lines bounded = new Lines(new java.io.ByteArrayInputStream(soup), longest, null);
    for (String line : lines) {
      assertThat(bounded.next()).isTrue();
      assertThat(bounded.tooLong()).isEqualTo(line.length() > longest);
      if (!bounded.tooLong()) {
        assertThat(bounded.end() - bounded.start()).isEqualTo(line.length());
      }
    }
    assertThat(bounded.next()).isFalse();
  }

  /** What was found in one line. */
  private record Reading(LineFacts facts, List<String> texts, boolean hasError) {}

  private static Reading read(OutputFormat format, byte[] line) {
    byte[] buffer = Arrays.copyOf(line, line.length + 1 + JsonCursor.SLACK);
    buffer[line.length] = '\n';
    JsonCursor cursor = new JsonCursor();
    LineFacts facts = new LineFacts(false);
    LineFindings findings = new LineFindings();
    facts.reset();
    cursor.reset(buffer, 0, line.length);
    FileReport report = Checking.report(format, null, line);
    List<String> texts =
        report.findings().stream().map(f -> f.rule().id() + ": " + f.cause()).toList();
    boolean hasError = report.count(Level.ERROR) > 0;
    try {
      if (!hasError && format == OutputFormat.GEMINI) {
        new GeminiRules(cursor, facts, findings).check();
      } else if (!hasError) {
        new OpenAiRules(cursor, facts, findings).check();
      }
    } catch (MalformedLineException e) {
      throw new AssertionError(e);
    }
    return new Reading(facts, texts, hasError || report.lines() != 1);
  }

  private static boolean parses(byte[] bytes) {
    try {
      // Several lines are several documents.
      for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
        // From characters Jackson would take U+4032 for the digit 2 in an escape sequence.
        JsonNode node = JSON.readTree(line.getBytes(StandardCharsets.UTF_8));
        if (node.isMissingNode() && !line.isBlank()) {
          return false;
        }
      }
      return isUtf8(bytes);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean decodes(OutputFormat format, byte[] line) {
    try {
      ExampleFormats.of(format).decode(line);
      return true;
    } catch (ExampleFormatException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<String> json =
        Arbitraries.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\\u00e4",
            "\\ud83d\\ude00",
            "\\ud800",
            "null",
            "1e5",
            "\"text\":\"x\",",
            "\"role\":\"user\",",
            "{\"text\":\"x\"},",
            "\u0007",
            "ä",
            "😀",
            "content",
            "-0.1",
            "true",
            "\r",
            "\t");
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(json.map(Checking::utf8), any)
        .map(CheckPropertiesTest::withoutLineFeeds);
  }

  private static byte[] withoutLineFeeds(byte[] bytes) {
    byte[] copy = bytes.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i] == '\n' ? (byte) ' ' : copy[i];
    }
    return copy;
  }

  /** Valid ones: roles alternate, no text is blank. */
  @Provide
  Arbitrary<ExampleLine> examples() {
    Arbitrary<List<String>> media =
        Arbitraries.of("https://example.org/a/b.PNG?size=1", "https://h/%20.webp")
            .list()
            .ofMaxSize(2);
    Arbitrary<List<Turn>> pairs =
        Combinators.combine(texts(), media, texts())
            .as(
                (question, uris, answer) ->
                    List.of(new Turn(Role.USER, question, uris), Turn.model(answer)));
    Arbitrary<List<Turn>> turns =
        pairs
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(list -> list.stream().flatMap(List::stream).toList());
    return Combinators.combine(texts().injectNull(0.3), turns).as(ExampleLine::new);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40), Arbitraries.strings().ascii().ofMaxLength(40))
        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)))
        .map(text -> "x" + text);
  }
}
