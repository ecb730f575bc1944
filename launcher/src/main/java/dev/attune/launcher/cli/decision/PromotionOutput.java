package dev.attune.launcher.cli.decision;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.loop.Champion;
import dev.attune.launcher.promotion.EnvFile;
import dev.attune.launcher.promotion.Evidence;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.GateResult;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.launcher.promotion.preference.JudgedEvidence;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import dev.attune.schema.Printable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the result of a promotion, a rollback or a decline. */
record PromotionOutput(Shell shell, Metric metric) {
  private static final int LONGEST_REASON = 1000;

  void print(PromotionResult outcome, boolean json) {
    GateResult judgement = outcome.judgement();
    if (judgement != null) {
      judgement.notes().forEach(shell.err()::println);
    }
    if (json) {
      shell.out().print(PromotionJson.of(outcome, metric));
      return;
    }
    if (!outcome.isRefused()) {
      shell.out().println(headline(outcome));
    }
    if (!outcome.isRefused()) {
      decision(outcome.entry());
    }
    if (judgement != null && judgement.evidence() != null) {
      shell.out().println(figures(outcome.model(), judgement.evidence(), metric));
    }
    if (!outcome.isRefused() && !outcome.isDeclined()) {
      PromotionResult.EnvFileState said = outcome.envFile();
      shell.out().println(said.file() + ": " + EnvFile.VARIABLE + "=" + said.modelId());
    }
  }

  /** Returns the failure of a refused promotion. */
  CommandFailure refusal(PromotionResult outcome) {
    Promotions.Entry entry = outcome.entry();
    List<String> lines = entry == null ? List.of() : entry.verdict().lines();
    return new CommandFailure(
        FailureCode.GATE,
        lines,
        Messages.of(
            "launcher.decision.refused",
            outcome.model(),
            lines.size() == 1 ? "line above says" : lines.size() + " lines above say",
            Champion.inUse(outcome.champion())),
        null);
  }

  private static String headline(PromotionResult outcome) {
    Promotions.Entry entry = outcome.entry();
    String model = outcome.model();
    String dataset = outcome.dataset();
    if (outcome.isDeclined()) {
      String champion = outcome.champion();
      return (entry == null
              ? "Nothing new: " + model + " is already declined"
              : model + " is declined: " + quoted(entry.reason()))
          + (champion == null
              ? "; no model of " + dataset + " is in use"
              : "; " + champion + " stays in use");
    }
    if (entry == null) {
      return outcome.envFile().changed()
          ? "%s is already the champion of %s; %s was updated"
              .formatted(model, dataset, outcome.envFile().file())
          : "Nothing new: " + model + " is already the champion of " + dataset;
    }
    String previous = entry.previous();
    String instead = previous == null ? "" : ", in place of " + previous;
    return switch (entry.kind()) {
      case PROMOTED, FORCED -> model + " is the champion of " + dataset + instead;
      case ROLLED_BACK -> model + " is the champion of " + dataset + " again" + instead;
      case REFUSED -> model + " was refused";
      case DECLINED -> model + " was declined";
    };
  }

  /** Returns the decision with its figures; empty if the gate was not applied. */
  private static List<String> sentence(Promotions.Entry entry) {
    String sentence = entry.verdict().sentence();
    return sentence == null ? List.of() : List.of(sentence);
  }

  /** Returns whether version 1 of the gate's rules decided, whose decisions have no sentence. */
  static boolean isByOlderGate(Promotions.Entry entry) {
    return switch (entry.kind()) {
      case PROMOTED, FORCED, REFUSED -> entry.verdict().sentence() == null;
      case DECLINED, ROLLED_BACK -> false;
    };
  }

  private void decision(Promotions.@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    List<String> said = sentence(entry);
    said.forEach(shell.out()::println);
    if (entry.kind() == Promotions.Kind.FORCED) {
      shell
          .out()
          .println("Promoted by force although the gate refused it: " + quoted(entry.reason()));
      List<String> lines = entry.verdict().lines();
      lines.subList(said.size(), lines.size()).forEach(line -> shell.out().println("  " + line));
    }
  }

  /** Returns the figures of a model and of those that it was compared with. */
  static String figures(String model, Evidence evidence, Metric metric) {
    JudgedEvidence judged = evidence.judged();
    StringBuilder line = new StringBuilder();
    if (judged != null) {
      return line.append(winRates(evidence, judged)).append(counted(evidence)).toString();
    }
    line.append(metric.key()).append(' ').append(number(evidence.model().figure(metric)));
    Measured base = evidence.measuredBase();
    if (base != null) {
      line.append(", base model ").append(base.id()).append(' ');
      line.append(number(base.figure(metric)));
    }
    Measured champion = evidence.measuredChampion();
    if (champion != null && !champion.id().equals(model)) {
      line.append(", champion ").append(champion.id()).append(' ');
      line.append(number(champion.figure(metric)));
    }
    return line.append(counted(evidence)).toString();
  }

  private static String winRates(Evidence evidence, JudgedEvidence judged) {
    Measured base = evidence.measuredBase();
    Measured champion = evidence.measuredChampion();
    return "win rate"
        + (base == null
            ? ""
            : " " + number(judged.rateOverBase()) + " over the base model " + base.id())
        + (champion == null
            ? ""
            : ", " + number(judged.rateOverChampion()) + " over the champion " + champion.id());
  }

  private static String counted(Evidence evidence) {
    return String.format(
        Locale.ROOT,
        "; invalid answers %s (%,d examples of the run %s)",
        number(evidence.model().invalidShare()),
        evidence.examples(),
        evidence.runId());
  }

  static String quoted(@Nullable String reason) {
    return "\"" + Printable.shortened(String.valueOf(reason), LONGEST_REASON) + "\"";
  }

  static String number(double figure) {
    return Double.isNaN(figure) ? "not measured" : FigureText.share(figure);
  }
}
