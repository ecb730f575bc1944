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
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import dev.attune.launcher.promotion.MeasuredJson;
import dev.attune.launcher.promotion.MeasuredJson.Document;
import dev.attune.launcher.promotion.Workplace;
import dev.attune.schema.SchemaFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Command;

class PromoteCommandTest {
  private static final String BEFORE = "# mine\nA=1\n";

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
            new RollbackCommand(workplace.shell()),
            new ModelsCommand(workplace.shell()))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }

  /** A workplace with a champion of macroF1 0.8 that knows 60 of 80 and 16 of 20. */
  private Workplace workplace(LedgerKind kind) throws Exception {
    Workplace workplace = new Workplace(folder, kind);
    Files.writeString(workplace.envFile(), BEFORE);
    try (Ledger ledger = workplace.ledger()) {
      String champion = local(ledger, 1);
      evaluate(ledger, new Document(MeasuredJson.of(champion, 0.8, 60, 16), base(0.7), null));
      assertThat(type(workplace, "promote", champion)).isZero();
    }
    return workplace;
  }

  private static MeasuredJson base(double macroF1) {
    return MeasuredJson.of("linear-baseline", macroF1, 60, 16);
  }

  private static String champion(Ledger ledger) {
    return ledger.promotions().champion("talk").orElseThrow();
  }

  /** Tunes a model and evaluates it against the champion. */
  private static String candidate(Ledger ledger, MeasuredJson measured, MeasuredJson base) {
    String model = local(ledger, 2);
    MeasuredJson named =
        new MeasuredJson(model, measured.macroF1(), measured.invalidShare(), measured.categories());
    evaluate(ledger, new Document(named, base, MeasuredJson.of(champion(ledger), 0.8, 60, 16)));
    return model;
  }

  private void assertRefused(
      LedgerKind kind, MeasuredJson measured, MeasuredJson base, String sentence, String... reasons)
      throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String champion = champion(ledger);
      String model = candidate(ledger, measured, base);
      String env = Files.readString(workplace.envFile());

      assertThat(type(workplace, "promote", model)).isEqualTo(3);
      List<String> told = new ArrayList<>();
      told.add(sentence.replace("CHAMPION", champion).replace("MODEL", model));
      List<String> recorded = new ArrayList<>();
      for (String reason : reasons) {
        recorded.add(reason.replace("CHAMPION", champion));
      }
      recorded.stream()
          .filter(
              reason ->
                  !sentence.toLowerCase(Locale.ROOT).endsWith(reason.toLowerCase(Locale.ROOT)))
          .forEach(told::add);
      List<String> decision = List.copyOf(told);
      told.add(
          model
              + " did not pass the gate, as the "
              + (told.size() == 1 ? "line above says" : told.size() + " lines above say")
              + ", and "
              + champion
              + " stays in use: tune a better one, or promote it with --force --reason TEXT.");
      assertThat(shell.err()).containsExactlyElementsOf(told);
      Entry last = ledger.promotions().of("talk").get(1);
      assertThat(last.kind()).isEqualTo(Kind.REFUSED);
      assertThat(last.model()).isEqualTo(model);
      assertThat(last.verdict()).isEqualTo(new Verdict(told.get(0), 2, recorded));
      assertThat(last.evaluation())
          .isEqualTo(ledger.evaluations().latest(model).orElseThrow().id());
      assertThat(champion(ledger)).isEqualTo(champion);
      assertThat(workplace.envFile()).hasContent(env);

      assertThat(type(workplace, "models")).isZero();
      assertThat(shell.out())
          .containsSubsequence(decision.stream().map(line -> "      " + line + "\n").toList());
      // The champion's own line says why it was promoted.
      assertThat(shell.out().lines().filter(line -> line.startsWith("      ")))
          .hasSize(decision.size() + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAModelThatIsNoBetterThanItsBaseModel(LedgerKind kind) throws Exception {
    assertRefused(
        kind,
        MeasuredJson.of("", 0.85, 60, 16),
        base(0.81),
        "Refused: on 100 validation examples the gain in macroF1 over the base model"
            + " linear-baseline is +0.040 (95% interval -0.010 to +0.090), and the interval must"
            + " lie above 0.000.",
        "macroF1 is 0.850 and that of the base model linear-baseline is 0.810: the lower end of"
            + " the gain's 95% interval is -0.010 and must be above"
            + " evaluation.minimumGainOverBase, which is 0.000.");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAModelThatIsWorseThanTheChampion(LedgerKind kind) throws Exception {
    assertRefused(
        kind,
        MeasuredJson.of("", 0.79, 56, 17),
        base(0.7),
        "Refused: of 100 validation examples MODEL answers 1 right that the champion CHAMPION gets"
            + " wrong, and 4 wrong that CHAMPION gets right, which happens by chance in 1 of 5"
            + " cases if both models are equally good.",
        "The answers are worse than those of the champion CHAMPION: the difference of -3 is -1.34"
            + " times its standard error, and the gate refuses below -1.15.");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAModelThatLostRecallInOneCategory(LedgerKind kind) throws Exception {
    assertRefused(
        kind,
        MeasuredJson.of("", 0.9, 80, 7),
        base(0.7),
        "Refused: of the 20 examples of Music it recognises 0 that the champion CHAMPION misses,"
            + " and misses 9 that the champion CHAMPION recognises, which happens by chance in 1"
            + " of 510 cases if both models are equally good.",
        "Recall of Music is 0.350 (7 of 20 examples) and that of the champion CHAMPION is"
            + " 0.800: a fall of 0.450, where evaluation.maximumRecallDropPerCategory allows"
            + " 0.050, and the gate refuses more where it happens by chance in 1 of 100 cases or"
            + " fewer.");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAModelWithTooManyInvalidAnswers(LedgerKind kind) throws Exception {
    assertRefused(
        kind,
        MeasuredJson.of("", 0.9, 60, 16).invalid(0.06),
        base(0.7),
        "Refused: the share of invalid answers is 0.060, where evaluation.maximumInvalidShare"
            + " allows 0.050.",
        "The share of invalid answers is 0.060, where evaluation.maximumInvalidShare allows"
            + " 0.050.");
  }

  @ParameterizedTest
  @EnumSource
  void promotesWhatPasses(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String champion = champion(ledger);
      String model = candidate(ledger, MeasuredJson.of("", 0.9, 64, 16), base(0.7));

      assertThat(type(workplace, "promote", model)).isZero();
      assertThat(shell.out())
          .isEqualTo(
              """
              MODEL is the champion of talk, in place of CHAMPION
              Promoted: on 100 validation examples the gain in macroF1 over the base model linear-baseline is +0.200 (95% interval +0.150 to +0.250); of 100 validation examples NEW answers 4 right that the champion CHAMPION gets wrong, and 0 wrong that CHAMPION gets right; no category lost more recall than chance explains.
              macroF1 0.900, base model linear-baseline 0.700, champion CHAMPION 0.800; invalid answers 0.000 (100 examples of the run r1)
              .env: FINETUNED_MODEL_ID=local:MODEL
              """
                  .replace("MODEL is", model + " is")
                  .replace("NEW", model)
                  .replace("local:MODEL", "local:" + model)
                  .replace("CHAMPION", champion));
      assertThat(shell.err()).isEmpty();
      assertThat(workplace.envFile())
          .hasContent(BEFORE + "FINETUNED_MODEL_ID=local:" + model + "\n");

      assertThat(type(workplace, "promote", model)).isZero();
      assertThat(shell.out())
          .startsWith("Nothing new: " + model + " is already the champion of talk\n");
      assertThat(type(workplace, "rollback")).isZero();
      assertThat(shell.out())
          .isEqualTo(
              champion
                  + " is the champion of talk again, in place of "
                  + model
                  + "\n.env: FINETUNED_MODEL_ID=local:"
                  + champion
                  + "\n");
      assertThat(type(workplace, "rollback")).isEqualTo(3);
      assertThat(shell.lastLine()).startsWith(champion + " is the first champion of talk");
    }
  }

  @ParameterizedTest
  @EnumSource
  void forcesAModelPastTheGateAndMarksItForEver(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String model = candidate(ledger, MeasuredJson.of("", 0.5, 50, 16), base(0.7));

      assertThat(type(workplace, "promote", model, "--force", "--reason", " the old one \n leaks "))
          .isZero();
      assertThat(shell.out())
          .contains(
              "Promoted by force although the gate refused it: \"the old one leaks\"\n"
                  + "  macroF1 is 0.5")
          .contains("\nPromoted by force: on 100 validation examples the gain in macroF1");
      Entry last = ledger.promotions().of("talk").get(1);
      assertThat(last.kind()).isEqualTo(Kind.FORCED);
      assertThat(last.reason()).isEqualTo("the old one leaks");
      assertThat(last.reasons()).hasSize(4);
      assertThat(workplace.envFile())
          .content()
          .endsWith("FINETUNED_MODEL_ID=local:" + model + "\n");

      assertThat(type(workplace, "rollback")).isZero();
      assertThat(type(workplace, "models")).isZero();
      assertThat(shell.out())
          .contains(model + "  former champion, forced  ")
          .containsPattern("forced \\S+ by \\S+: \"the old one leaks\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void forcesWhatWasNeverEvaluatedAndSaysSo(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 7);
      assertThat(type(workplace, "promote", model, "--force", "--reason", "haste")).isZero();
      Entry last = ledger.promotions().of("talk").get(1);
      assertThat(last.reasons())
          .singleElement()
          .asString()
          .startsWith(model + " was not evaluated: run attune evaluate ");
      assertThat(last.verdict().sentence())
          .startsWith("Promoted by force, without the gate: " + model + " was not evaluated: run");
      assertThat(last.verdict().gate()).isNull();
    }
  }

  @Test
  void remembersThatWhatPassesWasNotForced() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      String model = candidate(ledger, MeasuredJson.of("", 0.9, 60, 16), base(0.7));
      assertThat(type(workplace, "promote", model, "--force", "--reason", "to be sure")).isZero();
      Entry last = ledger.promotions().of("talk").get(1);
      assertThat(last.kind()).isEqualTo(Kind.PROMOTED);
      assertThat(last.reason()).isEqualTo("to be sure");
    }
  }

  @Test
  void takesForceAndReasonTogetherOnly() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    assertThat(type(workplace, "promote", "x", "--force")).isEqualTo(2);
    assertThat(shell.lastLine())
        .isEqualTo(
            "attune promote: --force needs --reason TEXT, which is stored in the ledger; see attune"
                + " promote --help.");
    assertThat(type(workplace, "promote", "x", "--force", "--reason", "  ")).isEqualTo(2);
    assertThat(type(workplace, "promote", "x", "--reason", "why")).isEqualTo(2);
    assertThat(shell.lastLine())
        .isEqualTo("attune promote: --reason needs --force; see" + " attune promote --help.");
    assertThat(type(workplace, "promote", "x", "--force", "--reason", "y".repeat(1001)))
        .isEqualTo(2);
    assertThat(type(workplace, "promote")).isEqualTo(2);
  }

  @Test
  void takesTheLimitsOfTheConfiguration() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    workplace.configure(
        "evaluation: {metric: accuracy, minimumGainOverBase: -0.5,"
            + " maximumRecallDropPerCategory: 1, maximumInvalidShare: 0.5}\n"
            + "promotion: {envFile: other.env}\n");
    try (Ledger ledger = workplace.ledger()) {
      String model = candidate(ledger, MeasuredJson.of("", 0.1, 76, 0).invalid(0.5), base(0.7));
      assertThat(type(workplace, "promote", model)).isZero();
      assertThat(folder.resolve("other.env"))
          .hasContent("FINETUNED_MODEL_ID=local:" + model + "\n");
      assertThat(shell.out()).contains("accuracy 0.500, base model linear-baseline 0.500");
    }
  }

  @ParameterizedTest
  @EnumSource
  void printsDocumentsOfTheSchemas(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String champion = champion(ledger);
      String model = candidate(ledger, MeasuredJson.of("", 0.79, 57, 16), base(0.7));
      String other = local(ledger, 3);

      assertThat(type(workplace, "promote", "--json", model)).isEqualTo(3);
      JsonNode refused = document(SchemaFile.PROMOTION);
      assertThat(refused.at("/decision").asText()).isEqualTo("refused");
      assertThat(refused.at("/champion").asText()).isEqualTo(champion);
      assertThat(refused.at("/reasons")).hasSize(1);
      assertThat(refused.at("/sentence").asText())
          .startsWith("Refused: of 100 validation examples");
      assertThat(refused.at("/gate").asInt()).isEqualTo(2);
      assertThat(refused.at("/figures/gainOverBase/low").doubleValue()).isEqualTo(0.04);
      assertThat(refused.at("/figures/answersAgainstChampion/worse").asInt()).isEqualTo(3);
      assertThat(refused.at("/figures/model").doubleValue()).isEqualTo(0.79);
      assertThat(refused.at("/figures/champion").doubleValue()).isEqualTo(0.8);
      assertThat(refused.at("/envFile/modelId").asText()).isEqualTo("local:" + champion);
      assertThat(shell.lastLine()).startsWith(model + " did not pass the gate");

      assertThat(type(workplace, "promote", "--json", "champion")).isZero();
      assertThat(document(SchemaFile.PROMOTION).at("/decision").asText()).isEqualTo("unchanged");
      assertThat(type(workplace, "promote", "--json", other, "--force", "--reason", "r")).isZero();
      JsonNode forced = document(SchemaFile.PROMOTION);
      assertThat(forced.at("/decision").asText()).isEqualTo("forced");
      assertThat(forced.at("/figures").isNull()).isTrue();
      assertThat(forced.at("/previous").asText()).isEqualTo(champion);

      assertThat(type(workplace, "models", "--json")).isZero();
      JsonNode models = document(SchemaFile.MODELS);
      assertThat(models.at("/champion").asText()).isEqualTo(other);
      assertThat(models.at("/envFile/behind").booleanValue()).isFalse();
      assertThat(models.findValuesAsText("use"))
          .containsExactly("champion", "refused", "former champion");
      assertThat(models.at("/models/0/forced").booleanValue()).isTrue();
      assertThat(models.at("/models/1/decisions/0/gate").asInt()).isEqualTo(2);
      assertThat(models.at("/models/1/evaluation/olderRules").booleanValue()).isFalse();
      assertThat(models.at("/models/1/evaluation/model/macroF1").doubleValue()).isEqualTo(0.79);
      assertThat(models.at("/models/2/dataset/fingerprint").asText())
          .isEqualTo(Workplace.FINGERPRINT);

      assertThat(type(workplace, "rollback", "--json")).isZero();
      JsonNode back = document(SchemaFile.PROMOTION);
      assertThat(back.at("/decision").asText()).isEqualTo("rolledBack");
      assertThat(back.at("/champion").asText()).isEqualTo(champion);
    }
  }

  private JsonNode document(SchemaFile schema) throws Exception {
    JsonNode document = new ObjectMapper().readTree(shell.out());
    assertThat(schema.validate(document)).isEmpty();
    return document;
  }
}
