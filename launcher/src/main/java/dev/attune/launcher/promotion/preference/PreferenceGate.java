package dev.attune.launcher.promotion.preference;

import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.promotion.gate.PanelComparison;
import dev.attune.launcher.promotion.preference.JudgedEvidence.Wins;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tests of a model that judges compared with its base and the champion. The lowest of the win
 * rates by all judges and without each family decides.
 */
public final class PreferenceGate {
  private final EvaluationConfig rules;
  private final JudgedEvidence judged;
  private final String examples;

  /**
   * Creates the gate for one model.
   *
   * @param examples number of examples
   */
  public PreferenceGate(EvaluationConfig rules, JudgedEvidence judged, int examples) {
    this.rules = rules;
    this.judged = judged;
    this.examples = FigureText.count(examples);
  }

  /**
   * The result of a test.
   *
   * @param isPassed whether the model passes it
   * @param clause the figures behind it: part of a sentence
   * @param reason a sentence with the limit; empty if the clause says it all
   */
  public record Finding(boolean isPassed, String clause, String reason) {}

  /**
   * Applies the tests of win rates.
   *
   * @param base id of the base model, or null if it was not compared
   * @param champion id of the champion, or null if there is none
   */
  public List<Finding> judge(@Nullable String base, @Nullable String champion) {
    if (!judged.canDecide()) {
      return List.of(
          failed(
              judged.judges().isEmpty()
                  ? Messages.of("launcher.gate.no-judge")
                  : Messages.of(
                      "launcher.gate.judges-of-one-family", String.join(", ", judged.judges()))));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(overBase(base));
    findings.add(
        champion == null
            ? new Finding(true, Messages.of("launcher.gate.no-champion"), "")
            : overChampion(champion));
    return findings;
  }

  private Finding overBase(@Nullable String base) {
    List<Wins> all = judged.base();
    if (base == null || all == null || !isMeasured(all)) {
      return failed(Messages.of("launcher.gate.no-base"));
    }
    double limit = rules.minimumGainOverBase();
    String clause = rates("the base model " + base, all, Wins::low);
    Wins lowest = least(all, Wins::low);
    return all.stream().allMatch(wins -> PanelComparison.isBetter(wins.gain(), limit))
        ? new Finding(true, clause, "")
        : new Finding(
            false,
            Messages.of("launcher.gate.win-rate-low", clause, rate((1 + limit) / 2)),
            Messages.of(
                "launcher.gate.win-rate-low-reason",
                who(lowest),
                base,
                rate(lowest.low()),
                rate((1 + limit) / 2)));
  }

  private Finding overChampion(String champion) {
    List<Wins> all = judged.champion();
    if (all == null || !isMeasured(all)) {
      return failed(Messages.of("launcher.gate.answers-not-compared", champion));
    }
    String clause = rates("the champion " + champion, all, Wins::standardErrors);
    Wins lowest = least(all, Wins::standardErrors);
    if (!PanelComparison.isWorse(lowest.standardErrors())) {
      return new Finding(
          true,
          lowest.rate() >= 0.5 ? clause : Messages.of("launcher.gate.wins-enough", clause),
          "");
    }
    return new Finding(
        false,
        Messages.of("launcher.gate.loses", clause),
        Messages.of(
            "launcher.gate.loses-reason",
            who(lowest),
            champion,
            errors(lowest.standardErrors()),
            errors(PanelComparison.LEAST_IN_WINS)));
  }

  private static boolean isMeasured(List<Wins> all) {
    return all.size() > 1
        && all.stream()
            .noneMatch(
                wins ->
                    Double.isNaN(wins.rate())
                        || Double.isNaN(wins.low())
                        || Double.isNaN(wins.high())
                        || Double.isNaN(wins.standardErrors()));
  }

  private static Wins least(List<Wins> all, ToDoubleFunction<Wins> figure) {
    return all.stream().min(Comparator.comparingDouble(figure)).orElseThrow();
  }

  /** Returns the win rate by all judges, and the one that decides if it is lower. */
  private String rates(String other, List<Wins> all, ToDoubleFunction<Wins> figure) {
    Wins whole = all.get(0);
    Wins lowest = least(all, figure);
    String clause =
        Messages.of(
            "launcher.gate.win-rate",
            examples,
            other,
            FigureText.share(whole.rate()),
            FigureText.share(whole.low()),
            FigureText.share(whole.high()));
    return lowest.without() == null
        ? clause
        : Messages.of(
            "launcher.gate.win-rate-without",
            clause,
            FigureText.share(lowest.rate()),
            FigureText.share(lowest.low()),
            FigureText.share(lowest.high()),
            lowest.without());
  }

  private static String who(Wins wins) {
    return wins.without() == null
        ? Messages.of("launcher.gate.all-judges")
        : Messages.of("launcher.gate.judges-without", wins.without());
  }

  private static Finding failed(String clause) {
    return new Finding(false, clause, "");
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String errors(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
