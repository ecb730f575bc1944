package dev.attune.launcher.cli.decision;

import static dev.attune.launcher.promotion.Workplace.evaluate;
import static dev.attune.launcher.promotion.Workplace.local;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.Promotions.Decision;
import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import dev.attune.launcher.promotion.MeasuredJson;
import dev.attune.launcher.promotion.MeasuredJson.Document;
import dev.attune.launcher.promotion.Workplace;
import dev.attune.schema.SchemaFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class ModelsCommandTest {
  private static final MeasuredJson BASE = MeasuredJson.of("linear-baseline", 0.7, 60, 16);

  @TempDir private Path folder;

  private TestShell shell = new TestShell(Path.of(""));

  @Command(name = "attune")
  private static final class Attune {}

  private int type(Workplace workplace, String... args) {
    shell = workplace.newShell();
    FailureReport failures = new FailureReport(shell.shell().err(), null);
    return SingleCommand.of(
            new Attune(),
            workplace.shell(),
            new PromoteCommand(workplace.shell()),
            new ModelsCommand(workplace.shell()))
        .setExecutionExceptionHandler(failures)
        .execute(args);
  }

  @Test
  void listsModelsWithWhereTheyComeFrom() throws Exception {
    Workplace workplace = new Workplace(folder, LedgerKind.H2);
    assertThat(type(workplace, "models")).isZero();
    assertThat(shell.out())
        .isEqualTo("There is no model of talk yet: create one with attune tune.\n");
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 1);
      assertThat(type(workplace, "models")).isZero();
      List<String> lines = shell.out().lines().toList();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).matches("model +use +macroF1 +base +champion +base model +tuned");
      assertThat(lines.get(1))
          .matches(model + "  not evaluated  - +- +- +linear-baseline  1970-01-01T\\S+Z");
      assertThat(lines.get(2))
          .matches(
              "    from /datasets/talk/r1 \\(sha256:a{12}\\), local job jobs/" + model + ", by .+");
      evaluate(ledger, new Document(MeasuredJson.of(model, 0.8, 60, 16), BASE, null));
      assertThat(type(workplace, "promote", model)).isZero();
      Files.writeString(workplace.envFile(), "FINETUNED_MODEL_ID=other\n");
      assertThat(type(workplace, "models")).isZero();
      assertThat(shell.out())
          .contains(model + "  champion  0.800    0.700  -         linear-baseline  ")
          .containsPattern("\n    evaluated \\S+Z on 100 examples of the run r1\n")
          .containsPattern("\n    promoted \\S+Z by .+\n      Promoted: on 100 validation .+\n")
          .endsWith(
              ".env names other, not the champion: correct it with attune promote champion\n");
    }
  }

  /** What a ledger has that an older version of Attune wrote. */
  @Test
  void namesTheFolderThatAModelWasTunedOnAndNotAForcedCopy() throws Exception {
    Workplace workplace = new Workplace(folder, LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      Path first = Workplace.standing(ledger, folder.resolve("r1"));
      local(ledger, 1);
      Path forced = Workplace.standing(ledger, folder.resolve("forced-20260101000000"));
      assertThat(type(workplace, "models")).isZero();
      assertThat(shell.out()).contains("from r1 (").doesNotContain("forced-");
      Files.delete(first.resolve("manifest.json"));
      assertThat(type(workplace, "models")).isZero();
      assertThat(shell.out()).contains("from " + forced.getFileName() + " (");
    }
  }

  @Test
  void marksEvaluationsAndDecisionsUnderOlderRules() throws Exception {
    Workplace workplace = new Workplace(folder, LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 1);
      Document figures = new Document(MeasuredJson.of(model, 0.8, 60, 16), BASE, null);
      String evaluation = Workplace.evaluateAsBefore(ledger, figures).id();
      Verdict before = new Verdict(null, null, List.of("It was worse."));
      Decision decision =
          new Decision(Workplace.DATASET, Kind.REFUSED, model, evaluation, before, null);
      assertThat(ledger.promotions().enter(decision, 0)).isPresent();

      assertThat(type(workplace, "models")).isZero();
      assertThat(shell.out())
          .contains(model + "  refused  0.800")
          .containsPattern("\n    evaluated \\S+Z on 100 examples of the run r1 \\(under older")
          .containsPattern(
              "\n    refused \\S+Z by .+ \\(under older rules\\)\n      It was worse.\n");
      assertThat(type(workplace, "models", "--json")).isZero();
      JsonNode models = document(SchemaFile.MODELS);
      assertThat(models.at("/models/0/evaluation/olderRules").booleanValue()).isTrue();
      assertThat(models.at("/models/0/decisions/0/gate").asInt()).isEqualTo(1);
      assertThat(models.at("/models/0/decisions/0/sentence").isNull()).isTrue();
    }
  }

  private JsonNode document(SchemaFile schema) throws Exception {
    JsonNode document = new ObjectMapper().readTree(shell.out());
    assertThat(schema.validate(document)).isEmpty();
    return document;
  }
}
