package dev.attune.launcher.promotion;

import static dev.attune.launcher.promotion.Workplace.evaluate;
import static dev.attune.launcher.promotion.Workplace.good;
import static dev.attune.launcher.promotion.Workplace.hostedSpec;
import static dev.attune.launcher.promotion.Workplace.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.promotion.MeasuredJson.Document;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keeps the gate from being held for a model, and which of its evaluations is looked at. */
class PromotionObstacleTest {
  @TempDir private Path folder;

  private Workplace workplace(LedgerKind kind) throws IOException {
    return new Workplace(folder, kind);
  }

  private static List<Entry> decisions(Ledger ledger) {
    return ledger.promotions().of(Workplace.DATASET);
  }

  @ParameterizedTest
  @EnumSource
  void needsAnEvaluationAgainstWhatIsInUse(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 9);
      assertRefused(
          workplace,
          ledger,
          model,
          model
              + " was not evaluated: run attune evaluate "
              + model
              + " --dataset /datasets/talk/r1 --against base,champion, then promote it.");
      good(ledger, model, null);
      String first = workplace.promoted(ledger, 1);
      assertRefused(
          workplace,
          ledger,
          model,
          "The last evaluation of "
              + model
              + " compares it with no champion, and the champion is "
              + first
              + ": run attune evaluate");
      good(ledger, model, first);
      String second = workplace.promoted(ledger, 2);
      assertRefused(
          workplace,
          ledger,
          model,
          "The last evaluation of "
              + model
              + " compares it with "
              + first
              + ", and the champion is "
              + second);
      evaluate(ledger, new Document(MeasuredJson.of(model, 0.9, 60, 16), null, null));
      assertRefused(
          workplace,
          ledger,
          model,
          "The last evaluation of " + model + " does not compare it with its base model: run");

      assertThat(decisions(ledger)).hasSize(2);
      assertThat(workplace.envFile()).hasContent("FINETUNED_MODEL_ID=local:" + second + "\n");
    }
  }

  /** attune evaluate enters nothing where the ledger has the same figures already. */
  @Test
  void takesTheEvaluationAgainstTheChampionOfNowThoughAnotherCameLater() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      String first = workplace.promoted(ledger, 1);
      String model = local(ledger, 9);
      good(ledger, model, first);
      String wanted = ledger.evaluations().latest(model).orElseThrow().id();
      String second = workplace.promoted(ledger, 2);
      good(ledger, model, second);
      workplace.promotion(ledger).rollback();

      PromotionResult outcome = workplace.promotion(ledger).promote(model, null);
      assertThat(outcome.champion()).isEqualTo(model);
      assertThat(decisions(ledger).get(3).evaluation()).isEqualTo(wanted);
    }
  }

  @Test
  void refusesWhatIsNoModel() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 1);
      assertRefused(workplace, ledger, "nope", "There is no model nope: the ledger has ");
      assertRefused(workplace, ledger, "base", "base is not a tuned model: give a model");
      assertRefused(workplace, ledger, "", "The name of the model is empty: ");
      assertRefused(workplace, ledger, "champion", "No model of talk is in use yet: give a model ");
      Job running = ledger.jobs().intend(hostedSpec("d"), false);
      assertRefused(
          workplace,
          ledger,
          running.id(),
          "The job "
              + running.id()
              + " is INTENDED and has no model: wait for it with attune watch "
              + running.id()
              + ".");
      ledger
          .jobs()
          .observe(
              running.id(), new BackEndJob("n", TuningJobState.FAILED, null, null, "full", null));
      assertRefused(
          workplace,
          ledger,
          running.id(),
          "The job "
              + running.id()
              + " is FAILED and has no model: attune tune DATASET --again creates another.");
      String odd = Workplace.model(ledger, hostedSpec("e"), "what is\nthis");
      assertRefused(
          workplace, ledger, odd, odd + " has no endpoint that an application could call: ");
      assertThat(decisions(ledger)).isEmpty();
      assertThat(model).isNotEqualTo(odd);
    }
  }

  @Test
  void refusesAModelOfAnotherDataset() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      TuningSpec spec = hostedSpec("f");
      ledger.datasets().enter(Workplace.directory(spec.dataset(), "songs"));
      Job job = ledger.jobs().intend(spec, false);
      ledger
          .jobs()
          .observe(job.id(), new BackEndJob("n", TuningJobState.SUCCEEDED, "m", "e/1", null, null));

      assertRefused(
          workplace,
          ledger,
          job.id(),
          job.id()
              + " was tuned on songs and attune.yaml is for talk: name that dataset's"
              + " configuration with --config.");
      assertThat(
              ModelList.of(ledger, workplace.config(), workplace.shell()).modelsOfOtherDatasets())
          .isEqualTo(1);
    }
  }

  @Test
  void warnsThatAModelWasEvaluatedOnOtherExamplesThanThoseOfItsDataset() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      String model = Workplace.model(ledger, hostedSpec("c"), "e/1");
      good(ledger, model, null);
      PromotionResult outcome = workplace.promotion(ledger).promote(model, null);
      assertThat(Objects.requireNonNull(outcome.judgement()).notes())
          .containsExactly(
              model
                  + " was evaluated on the run r1, not on the dataset that it was tuned on;"
                  + " examples that it was tuned on are not counted if its dataset still exists.");
    }
  }

  /** As a ledger has it that an older version of Attune wrote. */
  @ParameterizedTest
  @EnumSource
  void needsTheFiguresOfNowAndSaysThatNothingIsAskedForThem(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 9);
      Document evaluation =
          new Document(
              MeasuredJson.of(model, 0.8, 60, 16),
              MeasuredJson.of("linear-baseline", 0.7, 60, 16),
              null);
      Workplace.evaluateAsBefore(ledger, evaluation);
      assertRefused(
          workplace,
          ledger,
          model,
          "The last evaluation of "
              + model
              + " was made by an older version of Attune and lacks figures that the gate needs;"
              + " attune evaluate computes them from the stored answers without new questions: run"
              + " attune evaluate "
              + model
              + " --dataset /datasets/talk/r1 --against base,champion, then promote it.");
      assertThat(decisions(ledger)).isEmpty();

      evaluate(ledger, evaluation);
      PromotionResult outcome = workplace.promotion(ledger).promote(model, null);
      assertThat(outcome.champion()).isEqualTo(model);
    }
  }

  private static void assertRefused(
      Workplace workplace, Ledger ledger, String model, String sentence) {
    assertThatThrownBy(() -> workplace.promotion(ledger).promote(model, null))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(sentence);
  }
}
