package dev.attune.launcher.loop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.loop.LoopResult.Step;
import dev.attune.launcher.promotion.Outcome;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what came of a loop: a line a step when it has ended, or one JSON document at the end. */
public final class LoopPrint {
  private LoopPrint() {}

  /** Prints the end of a step: a result, or, where stdout takes one document only, progress. */
  public static void print(Step step, Shell shell, boolean json) {
    String skipped = step.skipped() ? "done before: " : "";
    (json ? shell.err() : shell.out()).println(line(step.name(), skipped + step.outcome()));
  }

  /**
   * Prints to stdout what the steps have not said yet.
   *
   * @throws CommandFailure if the gate refused the model, now or before
   */
  public static void print(LoopResult result, Shell shell, boolean json) throws CommandFailure {
    if (json) {
      byte[] document = CanonicalJson.pretty(document(result));
      shell.out().print(new String(document, StandardCharsets.UTF_8));
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

  /** Fails where the gate refused the model, now or before. */
  public static void failIfRefused(LoopResult result) throws CommandFailure {
    Outcome promotion = result.promotion();
    if (promotion != null && promotion.isRefused()) {
      throw refusal(promotion);
    }
  }

  private static String line(String name, String outcome) {
    return "%-9s %s".formatted(name, outcome);
  }

  /**
   * The gate's sentence on a model that was promoted now, or null; of a refusal it goes to stderr.
   */
  private static @Nullable String promotedSentence(LoopResult result) {
    Outcome promotion = result.promotion();
    Promotions.Entry entry = promotion == null ? null : promotion.entry();
    return promotion == null || promotion.isRefused() || entry == null
        ? null
        : entry.verdict().sentence();
  }

  private static CommandFailure refusal(Outcome outcome) {
    Promotions.Entry entry = outcome.entry();
    List<String> lines = entry == null ? List.of() : entry.verdict().lines();
    String model = outcome.model();
    String champion = outcome.champion();
    return new CommandFailure(
        FailureCode.GATE,
        lines,
        model
            + " did not pass the gate, as said above, and "
            + (champion == null ? "no model is in use" : champion + " stays in use")
            + "; so attune run fails until new data come or somebody decides: attune decline "
            + model
            + " --reason TEXT, or attune promote "
            + model
            + " --force --reason TEXT.",
        null);
  }

  /** The result as one JSON document. */
  public static ObjectNode document(LoopResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("nothingNew", result.isNothingNew());
    root.put("inputFingerprint", result.inputFingerprint());
    root.put("dataset", result.dataset().manifest().identity().dataset());
    root.put("directory", result.dataset().path().toString());
    root.put("fingerprint", result.dataset().fingerprint());
    ArrayNode steps = root.putArray("steps");
    for (Step step : result.steps()) {
      steps
          .addObject()
          .put("step", step.name())
          .put("skipped", step.skipped())
          .put("outcome", step.outcome());
    }
    root.put("decision", result.decided());
    Outcome promotion = result.promotion();
    if (promotion != null) {
      root.put("model", promotion.model());
      root.put("promoted", !promotion.isRefused());
      root.put("champion", promotion.champion());
      Promotions.Entry entry = promotion.entry();
      root.put("sentence", entry == null ? null : entry.verdict().sentence());
      ArrayNode reasons = root.putArray("reasons");
      if (entry != null) {
        entry.reasons().forEach(reasons::add);
      }
    }
    return root;
  }
}
