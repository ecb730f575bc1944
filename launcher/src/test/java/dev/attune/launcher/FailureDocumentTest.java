package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.dataset.DatasetPreparation.Pipeline;
import dev.attune.launcher.dataset.Reports;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.promotion.Workplace;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With {@code --json} a command that fails prints one document, and nothing else on stdout. */
class FailureDocumentTest {
  private static final Pipeline NEVER =
      (request, progress) -> {
        throw new AssertionError("must not run");
      };

  @TempDir private Path directory;

  @BeforeEach
  void start() {
    assertThat(Typed.attune(directory, NEVER, "init").exit()).isZero();
  }

  private static JsonNode read(Typed typed) throws JsonProcessingException {
    return CanonicalJson.read(typed.out().getBytes(StandardCharsets.UTF_8));
  }

  /** The error of a document; its figures are those that people see. */
  private static JsonNode error(Typed typed) throws JsonProcessingException {
    JsonNode error = read(typed).path("error");
    assertThat(error.path("exitCode").asInt()).isEqualTo(typed.exit());
    assertThat(error.path("message").asText()).isEqualTo(typed.lastLine());
    return error;
  }

  private static void assertFailure(Typed typed, int exit, FailureCode code)
      throws JsonProcessingException {
    assertThat(typed.exit()).as(String.join("\n", typed.err())).isEqualTo(exit);
    assertThat(SchemaFile.FAILURE.validate(read(typed))).isEmpty();
    assertThat(error(typed).path("code").asText()).isEqualTo(code.name());
  }

  @ParameterizedTest
  @CsvSource({
    "--json, USAGE",
    "chec --json, USAGE",
    "prepare --json --foo, USAGE",
    "prepare --json --limit 0, USAGE",
    "init a b --json, USAGE",
    "promote --json, USAGE",
    "promote m --force --json, USAGE",
    "prepare --json --config other.yaml, CONFIGURATION",
    "run --json --config other.yaml, CONFIGURATION",
    "init --json, FILE",
    "check --json gone.jsonl, DATASET",
    "estimate --json gone, DATASET",
    "estimate --json attune.yaml, DATASET",
    "tune --json attune.yaml, DATASET",
    "evaluate m --json --dataset attune.yaml, DATASET",
    "tune --json gone, DATASET",
    "evaluate m --json --dataset gone, DATASET",
    "promote m --json, MODEL",
    "decline m --json --reason x, MODEL",
    "rollback --json, MODEL",
    "watch j --json, MODEL",
    "cancel j --json, MODEL",
  })
  void namesTheKindOfFailure(String typed, FailureCode code) throws IOException {
    Typed result = Typed.attune(directory, NEVER, typed.split(" "));
    assertFailure(result, code.exit().code(), code);
  }

  @Test
  void isNotPrintedForBeamsOptionOfThatName() {
    Typed typed = Typed.attune(directory, NEVER, "prepare", "--foo", "--", "--json");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void hasEveryFaultOfTheConfigurationWithItsPlace() throws IOException {
    Path config = directory.resolve("attune.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("\ndataset: .*", "\ndataset: MY")
            .replace("task:", "taks:"));
    for (String command : List.of("prepare", "run", "models")) {
      Typed typed = Typed.attune(directory, NEVER, command, "--json");
      assertFailure(typed, 3, FailureCode.CONFIGURATION);
      JsonNode faults = error(typed).path("faults");
      assertThat(faults).hasSize(2);
      assertThat(faults.get(0).path("file").asText()).isEqualTo("attune.yaml");
      assertThat(faults.get(0).path("line").asInt()).isEqualTo(7);
      assertThat(faults.get(0).path("key").asText()).isEqualTo("/dataset");
      assertThat(faults.get(1).path("line").asInt()).isEqualTo(10);
      assertThat(faults.get(1).path("message").asText()).contains("taks");
    }
  }

  @Test
  void saysThatTheRecordsMakeNoDataset() throws IOException {
    Pipeline refusing =
        (request, progress) -> {
          throw new PrepareRefusedException("Too many records are faulty.", Reports.report(2));
        };
    Typed typed = Typed.attune(directory, refusing, "prepare", "--json");
    assertFailure(typed, 3, FailureCode.SOURCE);
    assertThat(error(typed).path("faults")).isEmpty();
  }

  @Test
  void saysThatSomethingUnforeseenHappened() throws IOException {
    Pipeline broken =
        (request, progress) -> {
          throw new IllegalStateException("three\nlines\nhere");
        };
    assertFailure(Typed.attune(directory, broken, "prepare", "--json"), 1, FailureCode.INTERNAL);
    Pipeline full =
        (request, progress) -> {
          throw new UncheckedIOException(new IOException("No space left on device"));
        };
    assertFailure(Typed.attune(directory, full, "prepare", "--json"), 1, FailureCode.MACHINE);
  }

  @Test
  void standsInTheReportOfACheckWithErrors() throws IOException {
    Files.writeString(directory.resolve("x.jsonl"), "{\"contents\":[]}\n");
    Typed typed =
        Typed.attune(directory, NEVER, "check", "x.jsonl", "--format", "gemini", "--json");
    assertThat(typed.exit()).isEqualTo(3);
    assertThat(SchemaFile.CHECK_REPORT.validate(read(typed))).isEmpty();
    assertThat(read(typed).path("errors").asInt()).isPositive();
    assertThat(error(typed).path("code").asText()).isEqualTo("DATASET");
  }

  @Test
  void standsBesideTheJobThatFailed() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("work"));
    Workplace workplace = new Workplace(folder, LedgerKind.H2);
    String job;
    try (var ledger = workplace.ledger()) {
      job = Workplace.failed(ledger, 3);
    }
    Typed typed = Typed.attune(folder, NEVER, "watch", job, "--json");
    assertThat(typed.exit()).isEqualTo(4);
    assertThat(SchemaFile.JOBS.validate(read(typed))).isEmpty();
    assertThat(read(typed).at("/jobs/0/state").asText()).isEqualTo("FAILED");
    assertThat(error(typed).path("code").asText()).isEqualTo("TUNING_FAILED");
  }

  @Test
  void standsInTheDecisionOfTheGate() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("work"));
    Workplace workplace = new Workplace(folder, LedgerKind.H2);
    String model;
    try (var ledger = workplace.ledger()) {
      model = Workplace.worseThanItsBase(ledger);
    }
    Typed typed = Typed.attune(folder, NEVER, "promote", model, "--json");
    assertThat(typed.exit()).isEqualTo(3);
    assertThat(SchemaFile.PROMOTION.validate(read(typed))).isEmpty();
    assertThat(read(typed).path("decision").asText()).isEqualTo("refused");
    assertThat(error(typed).path("code").asText()).isEqualTo("GATE");
    assertThat(error(typed).path("faults")).isNotEmpty();
  }
}
