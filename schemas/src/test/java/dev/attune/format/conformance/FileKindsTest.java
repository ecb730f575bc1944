package dev.attune.format.conformance;

import static dev.attune.format.conformance.TestLines.gemini;
import static dev.attune.format.conformance.TestLines.geminis;
import static dev.attune.format.conformance.TestLines.openAi;
import static dev.attune.format.conformance.TestLines.openAis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.attune.config.OutputFormat;
import dev.attune.format.conformance.FileReport.Use;
import dev.attune.format.rule.Rule;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of another kind, and what is said once of many lines. */
class FileKindsTest {
  /** Rules that only show across lines; each has a test here. */
  static final Set<Rule> TESTED =
      Set.of(
          Rule.OTHER_PROVIDER,
          Rule.OTHER_FORMAT,
          Rule.OTHER_FILE,
          Rule.JSON_ARRAY,
          Rule.PRETTY_PRINTED,
          Rule.REPEATED_LINE);

  @TempDir private Path directory;

  private List<String> check(OutputFormat format, String jsonl) throws IOException {
    Path file = Files.writeString(directory.resolve("f.jsonl"), jsonl);
    return Checking.file(file, Use.TRAINING, format, null, Checking.TODAY);
  }

  @Test
  void findsLinesThatStandInTheFileBefore() throws IOException {
    String lines = geminis("q", 100);
    assertThat(check(OutputFormat.GEMINI, lines + gemini("q7") + gemini("r") + gemini("q7")))
        .containsExactly(
            "101 repeated-line: the line is also line 8",
            "103 repeated-line: the line is also line 8");
  }

  @Test
  void namesAnUnknownKeyOnceWithACount() throws IOException {
    String keyed =
        IntStream.range(0, 1_200)
            .mapToObj(i -> gemini("", "{\"text\":\"q" + i + "\"}", ",\"labels\":{\"x\":1}"))
            .collect(Collectors.joining());
    assertThat(check(OutputFormat.GEMINI, gemini("q") + keyed))
        .containsExactly(
            "2 unknown-key: the line has the key 'labels', 1,200 times in the file, here first");
    String many =
        IntStream.range(0, 150)
            .mapToObj(i -> gemini("", "{\"text\":\"q" + i + "\"}", ",\"k" + i + "\":1"))
            .collect(Collectors.joining());
    assertThat(check(OutputFormat.GEMINI, many))
        .hasSize(101)
        .endsWith(
            "101 unknown-key: the line has other such keys, 50 times in the file, here first");
  }

  /** A file of another kind, and the one finding about it. */
  record Kind(String name, OutputFormat format, String text, String finding) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Kind kind(String name, OutputFormat format, String line, String finding) {
    return new Kind(name, format, (line + "\n").repeat(120), finding);
  }

  static Stream<Kind> kinds() {
    OutputFormat gemini = OutputFormat.GEMINI;
    String array = "json-array: the file is one JSON array";
    String spread = "pretty-printed: the first object continues after the end of its line";
    String other = "other-format: every line looked at is ";
    return Stream.of(
        new Kind(
            "openai",
            gemini,
            openAis(120),
            "other-provider: every line looked at is OpenAI's, with messages: --format openai"),
        new Kind(
            "gemini",
            OutputFormat.OPENAI,
            geminis("q", 120),
            "other-provider: every line looked at is Gemini's, with contents: --format gemini"),
        kind(
            "sharegpt",
            gemini,
            "{\"conversations\":[{\"from\":\"human\",\"value\":\"q\"},{\"from\":\"gpt\",\"value\":\"a\"}]}",
            other + "ShareGPT's, with conversations of from and value"),
        kind(
            "alpaca",
            OutputFormat.OPENAI,
            "{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\"}",
            other + "Alpaca's, with instruction and output"),
        kind(
            "completion",
            OutputFormat.OPENAI,
            "{\"prompt\":\"p\",\"completion\":\"c\"}",
            other + "for models of completion, with prompt and completion"),
        kind(
            "palm",
            gemini,
            "{\"input_text\":\"p\",\"output_text\":\"c\"}",
            other + "for PaLM models, with input_text and output_text"),
        kind(
            "preference",
            OutputFormat.OPENAI,
            "{\"input\":{\"messages\":[]},\"preferred_output\":[],\"non_preferred_output\":[]}",
            other + "a pair for preference tuning (preferred_output, non_preferred_output)"),
        kind(
            "dpo",
            gemini,
            "{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}",
            other + "a pair for preference tuning (chosen, rejected)"),
        kind(
            "generated",
            gemini,
            "{\"id\":\"1\",\"prompt\":\"p\",\"response\":\"r\"}",
            other + "a sample with prompt and response, which attune prepare reads"),
        kind(
            "bare messages",
            OutputFormat.OPENAI,
            "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]",
            other + "a bare list of messages"),
        kind(
            "bare turns",
            gemini,
            "[{\"role\":\"user\",\"parts\":[{\"text\":\"q\"}]}]",
            other + "a bare list of turns"),
        new Kind("blank", gemini, "\n  \n\n", "file-empty: the file has only blank lines"),
        new Kind("csv", gemini, "prompt,completion\na,b\n", "other-file: the file is CSV"),
        new Kind("utf-16", gemini, "{\0\"\0a\0", "other-file: the file is text in UTF-16"),
        new Kind("zip", gemini, "PK\3\4", "other-file: the file is a zip file"),
        new Kind("array on lines", gemini, "[\n" + gemini("q").repeat(3) + "]\n", array),
        new Kind("array on a line", gemini, "[{\"messages\":[]},{\"messages\":[]}]", array),
        new Kind("broken array", gemini, "[{\"a\":1},\n{\"a\":,\n]\n", array),
        new Kind(
            "long array", gemini, "[" + geminis("q", 20_000).replace("}\n", "},\n") + "{}]", array),
        new Kind(
            "pretty",
            OutputFormat.OPENAI,
            "{\n  \"messages\": [\n    {}\n  ]\n}\n".repeat(2),
            spread),
        new Kind("long and pretty", gemini, "{\"a\": [\n" + "1,\n".repeat(600_000), spread));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void saysOnceThatAFileIsOfAnotherKind(Kind kind) throws IOException {
    assertThat(check(kind.format(), kind.text())).containsExactly("0 " + kind.finding());
  }

  @Test
  void saysOnceThatAFileIsPacked() throws IOException {
    Path file = directory.resolve("f.jsonl");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(Checking.utf8(geminis("q", 1_000)));
    }
    Checker checker = new Checker(Checking.rules(null));
    assertThat(
            checker.file(Place.of(file), "f.jsonl", Use.TRAINING, OutputFormat.OPENAI).findings())
        .extracting(Checking::text, Finding::fix)
        .containsExactly(tuple("0 other-file: the file is a gzip file", "gunzip it first"));
  }

  @Test
  void checksALineOfAnotherKindAmongTheOthersAsALine() throws IOException {
    assertThat(check(OutputFormat.GEMINI, openAi(1) + geminis("q", 100)))
        .containsExactly(
            "1 missing-contents-list: there is no key contents",
            "1 unknown-key: the line has the key 'messages'");
  }
}
