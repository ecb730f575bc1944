package dev.attune.launcher.loop;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.loop.LoopResult.Step;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints the results of a run: a line when a step has ended, or one JSON document at the end. */
public final class LoopOutput {
  private LoopOutput() {}

  /** Prints the result of a step: to stdout, or to stderr if stdout takes one JSON document. */
  public static void print(Step step, Shell shell, boolean json) {
    String skipped = step.skipped() ? "done before: " : "";
    (json ? shell.err() : shell.out()).println(line(step.name(), skipped + step.outcome()));
  }

  /** Prints to stdout what came of a run; see {@link #print(LoopResult, Shell, boolean)}. */
  public static void print(LoopOutcome outcome, Shell shell, boolean json) throws CommandFailure {
    if (outcome instanceof LoopResult result) {
      print(result, shell, json);
    } else if (outcome instanceof RunBeside beside) {
      if (json) {
        shell
            .out()
            .print(
                JsonDocument.text(JsonDocument.object().set("running", JsonDocument.node(beside))));
      } else {
        shell.out().println(beside.sentence());
      }
    }
  }

  /**
   * Prints the decision of a run to stdout.
   *
   * @throws CommandFailure if the gate refused the model in this run or an earlier one
   */
  public static void print(LoopResult result, Shell shell, boolean json) throws CommandFailure {
    if (json) {
      shell.out().print(JsonDocument.text(document(result)));
    } else if (result.isNothingNew() && result.promotion() == null) {
      shell.out().println("Nothing new to do: " + result.decided() + ".");
    } else {
      String sentence = promotedSentence(result);
      if (sentence != null) {
        shell.out().println(line("gate", sentence));
      }
    }
    failIfRefused(result);
  }

  /** Throws a failure if the gate refused the model in this run or an earlier one. */
  public static void failIfRefused(LoopResult result) throws CommandFailure {
    PromotionResult promotion = result.promotion();
    if (promotion != null && promotion.isRefused()) {
      throw refusal(promotion);
    }
  }

  private static String line(String name, String outcome) {
    return "%-9s %s".formatted(name, outcome);
  }

  /**
   * Returns the gate's sentence on a model that this run promoted, or null; that of a refusal goes
   * to stderr.
   */
  private static @Nullable String promotedSentence(LoopResult result) {
    PromotionResult promotion = result.promotion();
    Promotions.Entry entry = promotion == null ? null : promotion.entry();
    return promotion == null || promotion.isRefused() || entry == null
        ? null
        : entry.verdict().sentence();
  }

  private static CommandFailure refusal(PromotionResult outcome) {
    Promotions.Entry entry = outcome.entry();
    List<String> lines = entry == null ? List.of() : entry.verdict().lines();
    String model = outcome.model();
    return new CommandFailure(
        FailureCode.GATE,
        lines,
        Messages.of(
            "launcher.run.gate-refused", model, Champion.inUse(outcome.champion()), model, model),
        null);
  }

  /** Returns the result as a JSON document, without a decision if the run made none. */
  public static ObjectNode document(LoopResult result) {
    return JsonDocument.node(
        new Document(
            result.isNothingNew(),
            result.inputFingerprint(),
            result.dataset().manifest().identity().dataset(),
            result.dataset().path(),
            result.dataset().fingerprint(),
            result.steps(),
            result.decided(),
            result.promotion() == null ? null : Decision.of(result.promotion())));
  }

  private record Document(
      boolean nothingNew,
      String inputFingerprint,
      String dataset,
      Place directory,
      String fingerprint,
      List<Step> steps,
      String decision,
      @JsonUnwrapped @Nullable Decision promotion) {}

  private record Decision(
      String model,
      boolean promoted,
      @Nullable String champion,
      @Nullable String sentence,
      List<String> reasons) {
    static Decision of(PromotionResult outcome) {
      Promotions.Entry entry = outcome.entry();
      return new Decision(
          outcome.model(),
          !outcome.isRefused(),
          outcome.champion(),
          entry == null ? null : entry.verdict().sentence(),
          entry == null ? List.of() : entry.reasons());
    }
  }
}
