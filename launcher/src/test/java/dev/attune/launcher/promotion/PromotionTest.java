package dev.attune.launcher.promotion;

import static dev.attune.launcher.promotion.Workplace.good;
import static dev.attune.launcher.promotion.Workplace.hosted;
import static dev.attune.launcher.promotion.Workplace.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.Promotions.Decision;
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromotionTest {
  private static final String REST = "# settings\r\nexport SECRET='s'\r\n";

  @TempDir private Path folder;

  private Workplace workplace(LedgerKind kind) throws IOException {
    Workplace workplace = new Workplace(folder, kind);
    Files.writeString(workplace.envFile(), REST);
    return workplace;
  }

  private static void assertNames(Workplace workplace, String modelId) {
    assertThat(workplace.envFile()).hasContent(REST + "FINETUNED_MODEL_ID=" + modelId + "\r\n");
  }

  private static List<Entry> decisions(Ledger ledger) {
    return ledger.promotions().of(Workplace.DATASET);
  }

  @ParameterizedTest
  @EnumSource
  void entersTheDecisionAndSetsTheLine(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String model = hosted(ledger, 3);
      good(ledger, model, null);
      PromotionResult outcome = workplace.promotion(ledger).promote(model.substring(0, 6), null);

      assertThat(outcome.entry()).isEqualTo(decisions(ledger).get(0));
      Entry entry = decisions(ledger).get(0);
      assertThat(entry.kind()).isEqualTo(Kind.PROMOTED);
      assertThat(entry.previous()).isNull();
      assertThat(entry.evaluation())
          .isEqualTo(ledger.evaluations().latest(model).orElseThrow().id());
      assertNames(workplace, "projects/7/locations/us-central1/endpoints/3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void goesBackOneChampionWithEachRollback(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String first = workplace.promoted(ledger, 1);
      String second = workplace.promoted(ledger, 2);
      String third = workplace.promoted(ledger, 3);
      Promotion promotion = workplace.promotion(ledger);

      assertThat(promotion.rollback().champion()).isEqualTo(second);
      assertNames(workplace, "local:" + second);
      // What was rolled back is not come back to: behind the next promotion stands the second.
      String fourth = workplace.promoted(ledger, 4);
      assertThat(promotion.rollback().champion()).isEqualTo(second);
      assertThat(promotion.rollback().champion()).isEqualTo(first);
      assertNames(workplace, "local:" + first);

      assertThatThrownBy(promotion::rollback)
          .hasMessage(
              first
                  + " is the first champion of talk, so there is no previous one to put back:"
                  + " promote another model instead.");
      assertNames(workplace, "local:" + first);
      assertThat(decisions(ledger))
          .extracting(Entry::model)
          .containsExactly(first, second, third, second, fourth, second, first);
      assertThat(decisions(ledger).get(6).kind()).isEqualTo(Kind.ROLLED_BACK);
      assertThat(decisions(ledger).get(6).previous()).isEqualTo(second);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingToRollBackWhereNothingIsInUse(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      assertThatThrownBy(workplace.promotion(ledger)::rollback)
          .hasMessage(
              "No model of talk is in use, so none can be rolled back: attune promote puts one"
                  + " into use.");
    }
  }

  /** Killed behind the ledger's entry, the env file is as it was. */
  @ParameterizedTest
  @EnumSource
  void bringsTheEnvFileUpToTheLedgerAfterACrashBetweenThem(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String first = workplace.promoted(ledger, 1);
      String second = local(ledger, 2);
      enter(ledger, Kind.PROMOTED, second);
      assertNames(workplace, "local:" + first);
      ModelList list = ModelList.of(ledger, workplace.config(), workplace.shell());
      assertThat(list.isEnvFileBehind()).isTrue();

      PromotionResult again = workplace.promotion(ledger).promote(second, null);
      assertThat(again.entry()).isNull();
      assertThat(again.envFile().changed()).isTrue();
      assertNames(workplace, "local:" + second);
      PromotionResult oncemore = workplace.promotion(ledger).promote("champion", null);
      assertThat(oncemore.envFile().changed()).isFalse();
      assertThat(decisions(ledger)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void finishesARollbackThatWasCutShortInsteadOfGoingFurtherBack(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String first = workplace.promoted(ledger, 1);
      String second = workplace.promoted(ledger, 2);
      String third = workplace.promoted(ledger, 3);
      enter(ledger, Kind.ROLLED_BACK, second);
      assertNames(workplace, "local:" + third);

      assertThat(workplace.promotion(ledger).rollback().champion()).isEqualTo(second);
      assertNames(workplace, "local:" + second);
      assertThat(decisions(ledger)).hasSize(4);
      assertThat(workplace.promotion(ledger).rollback().champion()).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rollsBackAPromotionThatWasCutShort(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger ledger = workplace.ledger()) {
      String first = workplace.promoted(ledger, 1);
      enter(ledger, Kind.PROMOTED, local(ledger, 2));

      assertThat(workplace.promotion(ledger).rollback().champion()).isEqualTo(first);
      assertNames(workplace, "local:" + first);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsWithLedgerAndEnvFileAtOneWhoeverPromotesAtOnce(LedgerKind kind) throws Exception {
    Workplace workplace = workplace(kind);
    try (Ledger one = workplace.ledger();
        Ledger other = workplace.ledger()) {
      List<String> models = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        models.add(local(one, i + 1));
      }
      atOnce(
          () -> promoteAll(workplace, one, models.subList(0, 3)),
          () -> promoteAll(workplace, other, models.subList(3, 6)));

      assertThat(decisions(one)).hasSize(6);
      assertThat(decisions(one)).extracting(Entry::position).containsExactly(1, 2, 3, 4, 5, 6);
      assertNames(workplace, "local:" + one.promotions().champion("talk").orElseThrow());
    }
  }

  @Test
  void entersNothingWhereTheEnvFileCannotBeSet() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    workplace.configure("promotion: {envFile: nowhere/.env}\n");
    try (Ledger ledger = workplace.ledger()) {
      String model = local(ledger, 1);
      good(ledger, model, null);
      assertRefused(workplace, ledger, model, "The folder of nowhere/.env, which");
      assertThat(decisions(ledger)).isEmpty();
    }
  }

  @Test
  void saysThatTheLedgerIsAheadWhereTheEnvFileCannotFollow() throws Exception {
    Workplace workplace = workplace(LedgerKind.H2);
    try (Ledger ledger = workplace.ledger()) {
      String model = workplace.promoted(ledger, 1);
      Files.delete(workplace.envFile());
      Files.createDirectory(workplace.envFile());
      assertRefused(
          workplace,
          ledger,
          "champion",
          model
              + " is the champion in the ledger, but .env does not name it yet: correct the fault"
              + " above and run attune promote "
              + model
              + ".");
    }
  }

  private static void assertRefused(
      Workplace workplace, Ledger ledger, String model, String sentence) {
    assertThatThrownBy(() -> workplace.promotion(ledger).promote(model, null))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(sentence);
  }

  private static void enter(Ledger ledger, Kind kind, String model) {
    Decision decision =
        new Decision(Workplace.DATASET, kind, model, null, Verdict.NOT_APPLIED, null);
    assertThat(ledger.promotions().enter(decision, decisions(ledger).size())).isPresent();
  }

  private static int promoteAll(Workplace workplace, Ledger ledger, List<String> models)
      throws CommandFailure {
    for (String model : models) {
      workplace.promotion(ledger).promote(model, "at once");
    }
    return models.size();
  }

  private static <T> void atOnce(Callable<T> one, Callable<T> other) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<T> future : threads.invokeAll(List.of(one, other), 60, TimeUnit.SECONDS)) {
        assertThat(future.get()).isNotNull();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
