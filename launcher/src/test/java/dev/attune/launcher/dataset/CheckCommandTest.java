package dev.attune.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.cli.CheckCommand;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.TestShell;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckCommandTest {
  private static final String GEMINI =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"q\"}]},"
          + "{\"role\":\"model\",\"parts\":[{\"text\":\"Motor\"}]}]}\n";
  private static final String OPENAI =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},"
          + "{\"role\":\"assistant\",\"content\":\"a\"}]}\n";

  @TempDir private Path directory;

  /** So many lines, each another one. */
  private static String lines(String line, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(
          line.replace("\"q\"", "\"q" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "\""));
    }
    return lines.toString();
  }

  private TestShell shell = new TestShell(Path.of(""));

  private int check(String... args) {
    shell = new TestShell(directory);
    FailureReport failures = new FailureReport(shell.shell().err(), null);
    return SingleCommand.of(new CheckCommand(shell.shell()), shell.shell())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void endsWith0WhereThereAreWarningsOnly() throws IOException {
    write("a.jsonl", lines(GEMINI, 2));
    assertThat(check("a.jsonl")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            a.jsonl looks like gemini JSONL; --format overrides that.
            a.jsonl too-few-examples (warning): 2 examples, better at least 100; collect more examples
            a.jsonl: 2 lines, 200 bytes, about 4 tokens without padding (gemini, training)
                      1 warning  too-few-examples
            0 errors, 1 warning
            """);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void endsWith3WhereThereAreErrors() throws IOException {
    write("b.jsonl", lines(OPENAI, 50) + "[]\n");
    assertThat(check("b.jsonl", "--format", "openai")).isEqualTo(3);
    assertThat(shell.out())
        .startsWith(
            "b.jsonl:51 not-an-object: the line is not an object; wrap it in the object that the"
                + " format asks for\n")
        .contains(
            "b.jsonl tuning-ends (warning): OpenAI takes no new tuning jobs from 2027-01-06 on;"
                + " tune before that day, or plan for another provider\n")
        .endsWith("1 error, 1 warning\n");
    assertThat(shell.lastLine()).isEqualTo("There is 1 error: fix it and check again.");
  }

  @Test
  void printsOneDocumentOfTheSchema() throws IOException {
    write("a.jsonl", lines(GEMINI, 100) + "\n[]\n");
    write("valid.jsonl", OPENAI);
    assertThat(check("--json", "--base-model", "gemini-3.5-flash", "a.jsonl", "valid.jsonl"))
        .isEqualTo(3);
    JsonNode report = new ObjectMapper().readTree(shell.out());
    assertThat(SchemaFile.CHECK_REPORT.validate(report)).isEmpty();
    assertThat(report.at("/files/0/counts").toString())
        .isEqualTo(
            "{\"blank-line\":1,\"not-an-object\":1,\"base-model-retiring\":1,\"base-model-preview\":1}");
    assertThat(report.at("/files/0/findings/0/line").intValue()).isEqualTo(101);
    assertThat(report.at("/files/1/use").asText()).isEqualTo("validation");
    assertThat(report.at("/files/1/counts").toString())
        .isEqualTo(
            "{\"base-model-other-format\":1,\"base-model-retiring\":1,\"base-model-preview\":1}");
    assertThat(report.at("/errors").intValue()).isEqualTo(3);
  }

  @Test
  void checksAnswersAgainstATaxonomy() throws IOException {
    write("taxonomy.json", "[\"Motor\", \"Language\"]");
    write("a.jsonl", lines(GEMINI, 100) + GEMINI.replace("Motor", "Motor, Music"));
    assertThat(check("a.jsonl", "--taxonomy", "taxonomy.json")).isEqualTo(3);
    assertThat(shell.out())
        .contains("a.jsonl:101 unknown-category: not in the taxonomy: 'Music'; ");
  }

  @Test
  void listsTheFirstThousandFindingsAndCountsTheRest() throws IOException {
    write("a.jsonl", "[]\n".repeat(1_500) + "\n");
    assertThat(check("a.jsonl", "--format=gemini")).isEqualTo(3);
    assertThat(shell.out())
        .contains("a.jsonl:1000 not-an-object")
        .doesNotContain("a.jsonl:1001 not-an-object")
        .contains("a.jsonl:1501 blank-line")
        .contains("a.jsonl: 500 more findings are only counted below")
        .contains("      1,500 error    not-an-object");
  }

  @Test
  void refusesWhatItCannotCheck() throws IOException {
    assertThat(check("none.jsonl")).isEqualTo(3);
    assertThat(shell.lastLine()).isEqualTo("none.jsonl is not there: correct its name.");
    write("soup.jsonl", "{\"soup\": 1}");
    assertThat(check("soup.jsonl")).isEqualTo(3);
    assertThat(shell.lastLine())
        .isEqualTo(
            "soup.jsonl looks like neither gemini nor openai JSONL: say which it is with"
                + " --format.");
    Files.createDirectory(directory.resolve("d"));
    assertThat(check("d")).isEqualTo(3);
    assertThat(shell.lastLine())
        .isEqualTo(
            "d is not a dataset, because it has no manifest.json: name a dataset or a file.");
    write("d/manifest.json", "{}");
    assertThat(check("d")).isEqualTo(3);
    assertThat(shell.lastLine())
        .startsWith("d/manifest.json is damaged: ")
        .endsWith("; remove the folder of the dataset and prepare it again.");
    assertThat(check("soup.jsonl", "--format=gemini", "--taxonomy=d")).isEqualTo(3);
    assertThat(shell.lastLine()).isEqualTo("d is a folder; --taxonomy takes the file.");
    write("taxonomy.json", "{");
    assertThat(check("soup.jsonl", "--format=gemini", "--taxonomy=taxonomy.json")).isEqualTo(3);
    assertThat(shell.lastLine()).isEqualTo("The taxonomy taxonomy.json is refused: correct it.");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void refusesWhatMayNeverEnd() throws IOException, InterruptedException {
    String pipe = directory.resolve("pipe.jsonl").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThat(check("pipe.jsonl")).isEqualTo(3);
    assertThat(shell.lastLine())
        .isEqualTo(
            "pipe.jsonl is a pipe, which can be read only once: write its output into a file.");
    assertThat(check("/dev/zero", "--format", "gemini")).isEqualTo(3);
    assertThat(shell.lastLine()).isEqualTo("/dev/zero is a device: only regular files are read.");
    assertThat(check("")).isEqualTo(2);
    assertThat(shell.lastLine()).contains("is empty: name a file, a folder or a dataset");
  }

  @Test
  void checksAFileOnceThatIsNamedTwice() throws IOException {
    write("a.jsonl", lines(GEMINI, 100));
    assertThat(check("a.jsonl", "./a.jsonl")).isZero();
    assertThat(shell.out())
        .contains("a.jsonl is named more than once; it is checked once.\n")
        .containsOnlyOnce("a.jsonl: 100 lines");
  }

  @Test
  void saysOfAnEmptyFileThatItIsEmptyOnly() throws IOException {
    write("a.jsonl", "");
    assertThat(check("a.jsonl")).isEqualTo(3);
    assertThat(shell.out())
        .isEqualTo(
            """
            a.jsonl file-empty: the file has no line; write at least one example
            a.jsonl: 0 lines, 0 bytes (training)
                      1 error    file-empty
            1 error, 0 warnings
            """);
  }

  static Stream<Arguments> foreignFiles() {
    String csv = "; attune prepare makes a dataset of CSV files.";
    String gzip = ", or unpack this file first.";
    return Stream.of(
        arguments("README.md", "# A\n\nWords with {\"contents\": []}\n", "plain text", "."),
        arguments("code.md", "```\n{\"messages\": []}\n```\nMore.\n", "plain text", "."),
        arguments("notes.csv", "id,note\n1,\"{\"\"messages\"\": 1}\"\n", "CSV", csv),
        arguments("notes.txt", "id;first note;at\n1;a;2026-01-01\n", "CSV", csv),
        arguments("wide.jsonl", "{\0\"\0a\0", "a binary file, or text in UTF-16", "."),
        arguments("a.jsonl.gz", "\037\213\b", "a gzip file", gzip));
  }

  @ParameterizedTest
  @MethodSource("foreignFiles")
  void saysWhatAFileLooksLikeThatIsNoJsonl(String name, String text, String looks, String more)
      throws IOException {
    Files.write(directory.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(check(name)).isEqualTo(3);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.lastLine())
        .isEqualTo(
            name
                + " looks like "
                + looks
                + ": name a dataset or a JSONL file, which has one JSON object a line, with"
                + " contents (gemini) or messages (openai)"
                + more);
  }

  @Test
  void checksJsonlOfWhichSomeLinesAreNone() throws IOException {
    write("a.jsonl", "words\n" + lines(GEMINI, 100));
    assertThat(check("a.jsonl")).isEqualTo(3);
    assertThat(shell.out()).contains("a.jsonl:1 ").endsWith("1 error, 0 warnings\n");
  }

  @Test
  void knowsTheBaseModelsOfTheConfigurationThatStandsThere() throws IOException {
    write("a.jsonl", lines(GEMINI, 100));
    write(
        "mine.json",
        "{\"models\": [{\"name\": \"mine\", \"format\": \"gemini\", \"trainingExamples\": 99,"
            + " \"source\": \"s\", \"checkedOn\": \"2026-11-01\"}]}");
    String yaml =
        """
        dataset: a
        task: conversation
        sources: {generated: {files: [a.jsonl]}}
        tuning: {baseModels: mine.json}
        """;
    write("attune.yaml", yaml);
    assertThat(check("a.jsonl", "--base-model", "mine")).isEqualTo(3);
    assertThat(shell.out()).contains("too-many-examples: 100 examples, at most 99");
    write("mine.json", "{}");
    assertThat(check("a.jsonl", "--base-model", "mine")).isEqualTo(3);
    assertThat(shell.lastLine()).startsWith("mine.json, which tuning.baseModels names, has one");
    assertThat(check("a.jsonl")).isZero();
    write("attune.yaml", "tuning: 7");
    assertThat(check("a.jsonl", "--base-model", "mine")).isZero();
    assertThat(shell.out())
        .contains("attune.yaml has faults: its tuning.baseModels, if any, is not used.\n")
        .contains("base-model-unknown");
  }

  @Test
  void saysOnceWhatAFileOfAnotherKindIs() throws IOException {
    write("openai.jsonl", lines(OPENAI, 200));
    assertThat(check("openai.jsonl", "--format", "gemini")).isEqualTo(3);
    assertThat(shell.out())
        .isEqualTo(
            """
            openai.jsonl other-provider: every line looked at is OpenAI's, with messages: --format openai; check the file with --format of that provider, or prepare the dataset in this format
            openai.jsonl: 200 lines, 16,400 bytes (gemini, training)
                      1 error    other-provider
            1 error, 0 warnings
            """);
    write("alpaca.jsonl", "{\"instruction\":\"i\",\"output\":\"o\"}\n".repeat(3));
    assertThat(check("alpaca.jsonl")).isEqualTo(3);
    assertThat(shell.out())
        .startsWith(
            "alpaca.jsonl other-format: every line looked at is Alpaca's, with instruction and"
                + " output; write each example as")
        .endsWith("1 error, 0 warnings\n");
    write("array.jsonl", "[\n" + lines(GEMINI, 3).replace("}\n", "},\n") + "{}]\n");
    assertThat(check("array.jsonl")).isEqualTo(3);
    assertThat(shell.out()).contains("array.jsonl json-array: the file is one JSON array; write");
  }

  @Test
  void namesAnUnknownKeyAndARepeatedLineOnce() throws IOException {
    String keyed = lines(GEMINI, 100).replace("}]}]}", "}]}],\"labels\":{\"source\":\"x\"}}");
    write("a.jsonl", keyed + keyed.substring(0, keyed.indexOf('\n') + 1));
    assertThat(check("a.jsonl")).isZero();
    assertThat(shell.out())
        .contains(
            "a.jsonl:1 unknown-key (warning): the line has the key 'labels', 101 times in the file,"
                + " here first; remove the key, or correct its spelling\n"
                + "a.jsonl:101 repeated-line (warning): the line is also line 1; keep one of the"
                + " two")
        .doesNotContain("only counted below")
        .endsWith("0 errors, 2 warnings\n");
  }

  @Test
  void endsWrongUsageWith2() {
    assertThat(check()).isEqualTo(2);
    assertThat(check("a.jsonl", "--format", "csv")).isEqualTo(2);
  }
}
