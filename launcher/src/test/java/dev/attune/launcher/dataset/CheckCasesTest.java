package dev.attune.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.cli.CheckCommand;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.TestShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of cases/, checked as a user checks a file. */
class CheckCasesTest {
  /** Bad lines that the services take or that nobody has seen refused. */
  private static final Set<String> WARNINGS =
      Set.of(
          "tool_call not in tools",
          "tool call without tools",
          "metadata key extra",
          "snake_case system_instruction",
          "NUL escape",
          "thought part");

  @TempDir private Path directory;

  /** A line of a case file. */
  private record Case(String name, String line) {}

  private static List<Case> cases(String file) throws IOException {
    List<String> names = lines(file + ".names");
    List<String> lines = lines(file + ".jsonl");
    assertThat(lines).hasSameSizeAs(names).isNotEmpty();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      cases.add(new Case(names.get(i), lines.get(i)));
    }
    return cases;
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CheckCasesTest.class.getResourceAsStream("cases/" + name), name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.split("\n"));
    }
  }

  /** What attune check says of lines, as a document. */
  private JsonNode check(String format, List<Case> cases) throws IOException {
    StringBuilder text = new StringBuilder();
    cases.forEach(example -> text.append(example.line()).append('\n'));
    Files.writeString(directory.resolve("train.jsonl"), text);
    TestShell shell = new TestShell(directory);
    FailureReport failures = new FailureReport(shell.shell().err(), null);
    SingleCommand.of(new CheckCommand(shell.shell()), shell.shell())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute("--json", "--format", format, "train.jsonl");
    return new ObjectMapper().readTree(shell.out()).at("/files/0/findings");
  }

  private static List<String> levels(JsonNode findings, int line) {
    List<String> levels = new ArrayList<>();
    findings.forEach(
        finding -> {
          if (finding.path("line").asInt() == line) {
            levels.add(finding.path("level").asText());
          }
        });
    return levels;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai"})
  void findsNothingInGoodLines(String format) throws IOException {
    List<Case> cases = cases(format + "-good");
    JsonNode findings = check(format, cases);
    for (int i = 0; i < cases.size(); i++) {
      // Whether all lines have a system instruction is asked of the file.
      List<String> levels = levels(findings, i + 1);
      levels.remove("warning");
      assertThat(levels).as(cases.get(i).name()).isEmpty();
    }
    assertThat(findings.findValuesAsText("rule"))
        .isSubsetOf("system-instruction-inconsistent", "too-few-examples", "tuning-ends");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai"})
  void findsSomethingInEveryBadLineOfAFile(String format) throws IOException {
    List<Case> cases = cases(format + "-bad");
    JsonNode findings = check(format, cases);
    for (int i = 0; i < cases.size(); i++) {
      String name = cases.get(i).name();
      assertThat(levels(findings, i + 1))
          .as(name)
          .contains(WARNINGS.contains(name) ? "warning" : "error");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai"})
  void findsSomethingInEveryBadLineThatStandsAlone(String format) throws IOException {
    for (Case example : cases(format + "-bad")) {
      List<String> found = new ArrayList<>();
      check(format, List.of(example))
          .forEach(
              finding -> {
                String rule = finding.path("rule").asText();
                // These are said of any file of one line.
                if (!Set.of(
                        "too-few-examples",
                        "below-least-examples",
                        "too-many-dropped",
                        "tuning-ends")
                    .contains(rule)) {
                  found.add(finding.path("level").asText());
                }
              });
      assertThat(found)
          .as(example.name())
          .contains(WARNINGS.contains(example.name()) ? "warning" : "error");
    }
  }
}
