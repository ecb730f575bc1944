package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.dataset.DatasetPreparation.Pipeline;
import dev.attune.launcher.dataset.Reports;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private static final Pipeline NEVER =
      (request, progress) -> {
        throw new AssertionError("must not run");
      };

  @TempDir private Path directory;

  @BeforeEach
  void start() {
    assertThat(Typed.attune(directory, NEVER, "init").exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prepare --limit x | 'x' is not a whole number",
        "estimate d --epochs x | 'x' is not a whole number",
        "tune d --max-cost abc | 'abc' is not a number",
        "prepare --runner x | expected local, direct, flink or dataflow but was 'x'",
        "tune d --back-end x | expected vertex or local but was 'x'",
      })
  void saysWhichValuesAreTakenInPlainWords(String typed, String sentence) {
    Typed result = Typed.attune(directory, PrepareDataset::run, typed.split(" "));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.lastLine()).contains(": " + sentence + "; see attune ");
  }

  @Test
  void refusesAnEmptyNameOfAModel() throws IOException {
    Typed typed = Typed.attune(directory, PrepareDataset::run, "promote", "");

    assertThat(typed.exit()).isEqualTo(3);
    assertThat(typed.lastLine())
        .isEqualTo("The name of the model is empty: give a model that attune models lists.");
  }

  @Test
  void helpListsCommandsAndEveryExitCode() {
    Typed help = Typed.attune(directory, NEVER, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("demo", "init", "prepare")
        .contains("tune", "evaluate", "promote", "run");
    for (ExitCode exit : ExitCode.values()) {
      assertThat(help.out()).containsPattern("\n +" + exit.code() + "   ");
    }
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chec                   | attune: Unmatched argument at index 0: 'chec'; did you mean check or cache or chat?
          prepare --foo          | attune prepare: Unknown option: '--foo'; see attune prepare --help.
          prepare foo            | attune prepare: prepare takes no argument 'foo'; options for Beam follow --, as --name=value; see attune prepare --help.
          prepare -- foo         | attune prepare: prepare takes no argument 'foo'; options for Beam follow --, as --name=value; see attune prepare --help.
          prepare --limit 0      | attune prepare: --limit must be 1 or more and is 0; see attune prepare --help.
          prepare --run-id ../x  | attune prepare: --run-id must match [a-z0-9][a-z0-9-]{0,62} and is '../x'; see attune prepare --help.
          prepare --config       | attune prepare: Missing required parameter for option '--config' (FILE); see attune prepare --help.
          init a b               | attune init: Unmatched argument at index 2: 'b'; see attune init --help.
          """)
  void endsWrongUsageWithOneSentence(String typed, String sentence) {
    Typed result = Typed.attune(directory, NEVER, typed.split(" "));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.lastLine()).isEqualTo(sentence);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void showsTheUsageWhenNoCommandIsNamed() {
    Typed typed = Typed.attune(directory, NEVER);
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains("Commands:");
    assertThat(typed.lastLine())
        .isEqualTo("attune: Missing required subcommand; see attune --help.");
  }

  @Test
  void namesEveryFaultOfTheConfigurationAndThenTheirNumber() throws IOException {
    Path config = directory.resolve("attune.yaml");
    String faulty =
        Files.readString(config)
            .replaceFirst("\ndataset: .*", "\ndataset: MY")
            .replace("task:", "taks:");
    Files.writeString(config, faulty);
    Typed typed = Typed.attune(directory, NEVER, "prepare");
    assertThat(typed.exit()).isEqualTo(3);
    assertThat(typed.err()).hasSize(3);
    assertThat(typed.err().get(0)).startsWith("attune.yaml:7: ");
    assertThat(typed.err().get(1)).startsWith("attune.yaml:10: ").contains("taks");
    assertThat(typed.lastLine())
        .isEqualTo("attune.yaml has 2 faults: correct the lines above and run again.");
  }

  @Test
  void saysThatThereIsNoConfiguration() {
    Typed typed = Typed.attune(directory, NEVER, "prepare", "--config", "other.yaml");
    assertThat(typed.exit()).isEqualTo(3);
    assertThat(typed.err()).hasSize(1);
    assertThat(typed.lastLine()).startsWith("other.yaml: there is no such file");
  }

  @Test
  void repeatsTheSentenceOfARefusalBelowWhatWasCounted() {
    Pipeline refusing =
        (request, progress) -> {
          throw new PrepareRefusedException("Too many records are faulty.", Reports.report(2));
        };
    Typed typed = Typed.attune(directory, refusing, "prepare", "--json");
    assertThat(typed.exit()).isEqualTo(3);
    assertThat(typed.out()).contains("\"message\": \"Too many records are faulty.\"");
    assertThat(typed.err()).contains("  = 1,000 training + 100 validation + 100 rejected");
    assertThat(typed.lastLine()).isEqualTo("Too many records are faulty.");
  }

  @Test
  void endsAWrongOptionForBeamAsWrongUsage() {
    Typed typed =
        Typed.attune(directory, PrepareDataset::run, "prepare", "--", "--targetParallelism=abc");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).hasSize(1);
    assertThat(typed.lastLine())
        .isEqualTo(
            "Beam does not take this value of --targetParallelism: correct it after --, or leave"
                + " the option out.");
  }

  @Test
  void namesEveryFaultOfTheTaxonomyAndThenTheirNumber() throws IOException {
    Files.writeString(directory.resolve("taxonomy.json"), "[\"a\",\n\"a\",\n1]");
    Typed typed = Typed.attune(directory, PrepareDataset::run, "prepare");
    assertThat(typed.exit()).isEqualTo(3);
    assertThat(typed.err()).hasSize(3);
    assertThat(typed.err().get(0)).startsWith("taxonomy.json:2: ");
    assertThat(typed.err().get(1)).startsWith("taxonomy.json:3: ");
    assertThat(typed.lastLine())
        .isEqualTo(
            "The taxonomy taxonomy.json has 2 faults: correct what the lines above name and run"
                + " again.");
  }

  @Test
  void countsWhatWasReplacedInTextsAndShowsNoneOfIt() throws IOException {
    Files.writeString(
        directory.resolve("observations.csv"),
        "eve@example.org,c-99,Write to eve@example.org or call +49 30 901820.,sailing,2026-02-01\n",
        StandardOpenOption.APPEND);
    Typed typed = Typed.attune(directory, PrepareDataset::run, "prepare");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("\nredacted\n  1 email, 1 phone in the texts read\n");
    Typed again = Typed.attune(directory, PrepareDataset::run, "prepare", "--json");
    assertThat(new ObjectMapper().readTree(again.out()).get("redacted").toString())
        .isEqualTo("{\"email\":1,\"phone\":1,\"card\":0,\"iban\":0,\"ip\":0}");
    assertThat(typed.out() + typed.err() + again.out() + again.err()).doesNotContain("example.org");
  }

  @Test
  void endsWithOneSentenceWhatNobodyForesaw() {
    Pipeline broken =
        (request, progress) -> {
          throw new IllegalStateException("three\nlines\nhere");
        };
    Typed typed = Typed.attune(directory, broken, "prepare");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.lastLine())
        .isEqualTo(
            "Internal error: IllegalStateException: three lines here; run with --stacktrace for"
                + " details.");
    assertThat(typed.err()).noneMatch(line -> line.contains("\tat "));
  }

  @Test
  void printsAStackTraceAboveTheSentenceWhenAsked() {
    Pipeline refusing =
        (request, progress) -> {
          throw new PrepareRefusedException("A sentence.");
        };
    Typed typed = Typed.attune(directory, refusing, "prepare", "--stacktrace");
    assertThat(typed.err()).anyMatch(line -> line.startsWith("\tat "));
    assertThat(typed.lastLine()).isEqualTo("A sentence.");
  }

  @Test
  void saysThatTheDiskIsFull() {
    Pipeline full =
        (request, progress) -> {
          throw new UncheckedIOException(new IOException("No space left on device"));
        };
    Typed typed = Typed.attune(directory, full, "prepare");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.lastLine()).startsWith("The disk is full");
  }
}
