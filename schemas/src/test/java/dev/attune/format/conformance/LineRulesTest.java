package dev.attune.format.conformance;

import static dev.attune.format.conformance.Checking.lines;
import static dev.attune.format.conformance.Checking.tokens;
import static dev.attune.format.conformance.Checking.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.attune.config.OutputFormat;
import dev.attune.format.json.Lines;
import dev.attune.format.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables in gemini.txt and openai.txt: a line, and behind it what is found in it. */
class LineRulesTest {
  /** A line of a table. */
  record Row(OutputFormat format, String line, List<String> findings) {}

  static Stream<Row> rows() {
    return Stream.of(OutputFormat.values()).flatMap(format -> read(format).stream());
  }

  private static List<Row> read(OutputFormat format) {
    String file = "LineRulesTest/" + format.name().toLowerCase(Locale.ROOT) + ".txt";
    List<Row> rows = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(LineRulesTest.class.getResourceAsStream(file), file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("-> ")) {
          rows.get(rows.size() - 1).findings().add("1 " + line.substring(3));
        } else {
          rows.add(new Row(format, line, new ArrayList<>()));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void findsExactlyThis(Row row) {
    assertThat(lines(row.format(), null, utf8(row.line() + "\n"))).isEqualTo(row.findings());
    assertThat(lines(row.format(), null, utf8(row.line() + "\r\n"))).hasSameSizeAs(row.findings());
  }

  @ParameterizedTest
  @EnumSource
  void aTableHasALineForEachRuleAboutLines(OutputFormat format) {
    Set<Rule> seen = EnumSet.noneOf(Rule.class);
    for (Row row : read(format)) {
      for (String finding : row.findings()) {
        seen.add(rule(finding.substring(2, finding.indexOf(':'))));
      }
    }
    Set<Rule> expected = EnumSet.allOf(Rule.class);
    expected.removeIf(
        rule -> !rule.formats().equals("both") && !rule.formats().equalsIgnoreCase(format.name()));
    expected.removeAll(FileRulesTest.TESTED);
    expected.removeAll(FileKindsTest.TESTED);
    expected.removeAll(
        Set.of(
            Rule.BYTE_ORDER_MARK,
            Rule.LINE_TOO_LONG,
            Rule.NESTED_TOO_DEEP,
            Rule.NOT_UTF8,
            Rule.FUNCTION_CALL_REFUSED,
            Rule.TOO_MANY_TOKENS,
            Rule.EXAMPLE_CUT_OFF,
            Rule.NEAR_TOKEN_LIMIT));
    assertThat(seen).containsAll(expected);
  }

  private static Rule rule(String id) {
    return Rule.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Test
  void countsLinesWithoutALineFeedAtTheEnd() {
    byte[] jsonl = utf8(gemini("q") + "\n\n" + gemini("r"));
    assertThat(lines(OutputFormat.GEMINI, null, jsonl))
        .containsExactly("2 blank-line: the line is blank");
    assertThat(Checking.report(OutputFormat.GEMINI, null, jsonl).lines()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void findsAByteOrderMarkAndChecksTheLineBehindIt(OutputFormat format) {
    assertThat(lines(format, null, utf8("\uFEFF[]\n")))
        .containsExactly(
            "1 byte-order-mark: the file begins with EF BB BF",
            "1 not-an-object: the line is not an object");
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatIsNotUtf8(OutputFormat format) {
    byte[] latin1 = "{\"caf\u00E9\":1}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(lines(format, null, latin1)).containsExactly("1 not-utf8: byte 6 is not UTF-8");
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
    assertThat(lines(format, null, utf16)).containsExactly("1 not-utf8: the line is not UTF-8");
  }

  @Test
  void findsTooManyTokensAndThoseNearTheLimit() {
    assertThat(lines(OutputFormat.GEMINI, null, utf8(gemini(tokens(131_072)))))
        .containsExactly("1 too-many-tokens: about 131073 tokens, at most 131072");
    assertThat(lines(OutputFormat.GEMINI, "gemini-2.5-flash", utf8(gemini(tokens(118_000)))))
        .containsExactly("1 near-token-limit: about 118001 tokens, at most 131072");
    assertThat(lines(OutputFormat.GEMINI, null, utf8(gemini(tokens(117_000))))).isEmpty();
  }

  @Test
  void findsWhatOpenAiCutsOff() {
    byte[] line = utf8(TestLines.openAi(1).replace("q1", tokens(66_000)));
    assertThat(lines(OutputFormat.OPENAI, null, line)).isEmpty();
    assertThat(lines(OutputFormat.OPENAI, "gpt-4.1-mini-2025-04-14", line))
        .containsExactly("1 example-cut-off: about 66001 tokens, at most 65536");
    assertThat(lines(OutputFormat.OPENAI, "gpt-4.1-nano-2025-04-14", line))
        .containsExactly("1 example-cut-off: about 66001 tokens, at most 32768");
  }

  @ParameterizedTest
  @EnumSource
  void namesWhatIsNestedTooDeepAndHowToMendIt(OutputFormat format) {
    byte[] deep = utf8("{\"x\":" + "[".repeat(300) + "]".repeat(300) + "}\n");
    assertThat(Checking.report(format, null, deep).findings())
        .extracting(Checking::text, Finding::fix)
        .containsExactly(
            tuple(
                "1 nested-too-deep: byte 207: values are nested more than 200 deep here",
                "write it flatter"));
  }

  @Test
  void saysOfArgumentsThatTheyAreNestedTooDeep() {
    String arguments = "{\\\"a\\\":".repeat(300) + "1" + "}".repeat(300);
    byte[] line =
        utf8(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\","
                + "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                + "\"arguments\":\""
                + arguments
                + "\"}}]}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}");
    assertThat(lines(OutputFormat.OPENAI, null, line))
        .containsExactly(
            "1 nested-too-deep: call 1 of turn 2 has arguments nested more than 200 deep");
  }

  /** Lines of which the fix that the rule has for all would be wrong or vague. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          OPENAI | "tools":[{"type":"function","function":{}}] | give the function a name
          OPENAI | "tools":[{"type":"function","function":{"name":"f","parameters":1}}] | write parameters as a JSON schema, an object
          OPENAI | "tools":[{"function":{"name":"f"}}] | write "type": "function"
          OPENAI | "tool_choice":"auto" | remove the key: it belongs in requests to the tuned model
          OPENAI | "parallel_tool_calls":"no" | write true or false, without quotation marks
          GEMINI | "tools":[{"functionDeclarations":[{}]}] | give the function a name
          GEMINI | "toolConfig":{"functionCallingConfig":{"mode":"SOMETIMES"}} | write {"functionCallingConfig": {"mode": "AUTO"}}, or ANY, NONE, VALIDATED
          """)
  void saysHowToMendIt(OutputFormat format, String member, String fix) {
    String line = format == OutputFormat.GEMINI ? TestLines.gemini("q") : TestLines.openAi(1);
    byte[] jsonl = utf8(line.replace("]}\n", "]," + member + "}\n"));
    assertThat(Checking.report(format, null, jsonl).findings())
        .extracting(Finding::fix)
        .containsExactly(fix);
  }

  @Test
  void countsEscapesAsTheCharactersThatTheyStandFor() {
    String escapes = "\\n\\u00e4\\u20AC\\uD83D\\uDE00\\\"";
    byte[] line = utf8(gemini(escapes.repeat(400)));
    assertThat(Checking.report(OutputFormat.GEMINI, null, line).tokens())
        .isEqualTo(1 + 400 * (1 + 2 + 3 + 4 + 1) / 4);
  }

  @Test
  void countsEachDigitOfATextAsATokenAndNoneOfAnEscape() {
    byte[] line =
        utf8(gemini("\\u0031".repeat(4) + "1234 \\u00e4\\n567890123456789012345678901234567890"));
    // Four escaped digits, four and 36 others; five bytes beside them and the answer.
    assertThat(Checking.report(OutputFormat.GEMINI, null, line).tokens()).isEqualTo(44 + 2);
  }

  @Test
  void refusesFunctionCallsForBaseModelsThatDo() {
    byte[] line =
        utf8(
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"q\"}]},{\"role\":\"model\","
                + "\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]}],"
                + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]}]}");
    assertThat(lines(OutputFormat.GEMINI, "gemini-3.5-flash", line)).isEmpty();
    assertThat(lines(OutputFormat.GEMINI, "gemini-2.5-flash", line))
        .containsExactly("1 function-call-refused: the line has function calls");
  }

  @Test
  void passesOverALineLongerThanTheBound() throws IOException {
    int longest = 100;
    String jsonl = "a".repeat(100) + "\n" + "b".repeat(101) + "\n" + "c".repeat(350) + "\nd";
    var lines = new Lines(new java.io.ByteArrayInputStream(utf8(jsonl)), longest, null);
    List<String> seen = new ArrayList<>();
    while (lines.next()) {
      seen.add(lines.tooLong() ? "too long" : String.valueOf(lines.end() - lines.start()));
    }
    assertThat(seen).containsExactly("100", "too long", "too long", "1");
    assertThat(lines.bytes()).isEqualTo(jsonl.length());
  }

  private static String gemini(String text) {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
        + text
        + "\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"a\"}]}]}";
  }
}
