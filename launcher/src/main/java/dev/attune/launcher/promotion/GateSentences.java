package dev.attune.launcher.promotion;

import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.gate.ChampionComparison;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.launcher.promotion.gate.RecallDrops;
import dev.attune.page.FigureText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The sentences of the gate. A clause is part of the decision's sentence. A reason is a separate
 * sentence with the limit and the key that sets it.
 */
final class GateSentences {
  private static final int FEWEST_PLACES = 3;
  private static final int MOST_PLACES = 6;

  /** Probabilities are shown with two digits. */
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_EVEN);

  private static final double RAREST = 1e-6;
  private static final int MOST_NAMED = 5;
  private static final int MOST_FALLS = 3;

  private final EvaluationConfig rules;
  private final Evidence evidence;

  GateSentences(EvaluationConfig rules, Evidence evidence) {
    this.rules = rules;
    this.evidence = evidence;
  }

  String fewExamples() {
    String left =
        evidence.unfair() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " (%,d more were left out because a compared model was tuned on them)",
                evidence.unfair());
    return String.format(
        Locale.ROOT,
        "%,d validation examples were counted%s, and evaluation.minimumExamples asks for %,d",
        evidence.examples(),
        left,
        rules.minimumExamples());
  }

  String noGain(String other) {
    return "the gain in " + metric() + " over " + other + " was not measured";
  }

  String gainOverBase(Compared base, PairedGain gain) {
    return String.format(
        Locale.ROOT,
        "on %,d validation examples the gain in %s over the base model %s is %s",
        evidence.examples(),
        metric(),
        base.id(),
        interval(gain, rules.minimumGainOverBase()));
  }

  String smallGainOverBase(Compared base, PairedGain gain) {
    double asked = rules.minimumGainOverBase();
    return "%s, and the interval must lie above %s"
        .formatted(gainOverBase(base, gain), number(asked, gain.low()));
  }

  String smallGainOverBaseReason(Compared base, PairedGain gain) {
    return String.format(
        Locale.ROOT,
        "%s is %s and that of the base model %s is %s: the lower end of the gain's 95%% interval is"
            + " %s and must be above evaluation.minimumGainOverBase, which is %s.",
        metric(),
        number(evidence.model().figure(rules.metric())),
        base.id(),
        number(base.measured().figure(rules.metric())),
        number(gain.low(), rules.minimumGainOverBase()),
        number(rules.minimumGainOverBase(), gain.low()));
  }

  private String answers(Compared champion, PairCounts answers) {
    return String.format(
        Locale.ROOT,
        "of %,d validation examples %s answers %,d right that the champion %s gets wrong, and %,d"
            + " wrong that %s gets right",
        evidence.examples(),
        evidence.model().id(),
        answers.better(),
        champion.id(),
        answers.worse(),
        champion.id());
  }

  /** Explains why a successor that is not better than the champion passes. */
  String answersEnough(Compared champion, PairCounts answers) {
    return answers(champion, answers)
        + (answers.better() > answers.worse() ? "" : ", and not worse than the champion is enough");
  }

  String worseAnswers(Compared champion, PairCounts answers) {
    return answers(champion, answers) + byChance(answers);
  }

  String worseAnswersReason(Compared champion, PairCounts answers) {
    return String.format(
        Locale.ROOT,
        "The answers are worse than those of the champion %s: the difference of %,d is %s times its"
            + " standard error, and the gate refuses below %s.",
        champion.id(),
        answers.better() - answers.worse(),
        decimal(answers.standardErrors(), ChampionComparison.LEAST_IN_ANSWERS),
        decimal(ChampionComparison.LEAST_IN_ANSWERS, answers.standardErrors()));
  }

  String worseF1(Compared champion, PairedGain gain) {
    return String.format(
        Locale.ROOT,
        "the gain in %s over the champion %s is %s",
        metric(),
        champion.id(),
        interval(gain, gain.low()));
  }

  String worseF1Reason(Compared champion, PairedGain gain) {
    double least = ChampionComparison.LEAST_IN_F1;
    return String.format(
        Locale.ROOT,
        "%s is %s, worse than the %s of the champion %s: the difference is %s times its standard"
            + " error, and the gate refuses below %s.",
        metric(),
        number(evidence.model().figure(rules.metric())),
        number(champion.measured().figure(rules.metric())),
        champion.id(),
        gain.standardError() == 0 ? "infinitely many" : decimal(gain.standardErrors(), least),
        decimal(least, gain.standardError() == 0 ? 0 : gain.standardErrors()));
  }

  String noRecall(List<String> categories, String other) {
    return "recall of %s was not measured on the examples that %s had"
        .formatted(named(categories), other);
  }

  /** Names the first categories, and counts the others. */
  String recallFell(List<RecallDrops.Fall> falls, String other) {
    List<String> clauses = new ArrayList<>();
    for (RecallDrops.Fall fall : falls.subList(0, Math.min(MOST_FALLS, falls.size()))) {
      clauses.add(recallFell(fall, other));
    }
    int more = falls.size() - clauses.size();
    if (more > 0) {
      clauses.add(more + (more == 1 ? " more category" : " more categories") + " lost recall");
    }
    return String.join("; ", clauses);
  }

  private String recallFell(RecallDrops.Fall fall, String other) {
    if (fall.isLost()) {
      return String.format(
          Locale.ROOT,
          "it recognises none of the %,d examples of %s, and %s recognises %,d",
          fall.support(),
          who(fall),
          other,
          fall.pairs().worse());
    }
    return String.format(
        Locale.ROOT,
        "of the %,d examples of %s it recognises %,d that %s misses, and misses %,d that %s"
            + " recognises%s",
        fall.support(),
        who(fall),
        fall.pairs().better(),
        other,
        fall.pairs().worse(),
        other,
        byChance(fall.pairs()));
  }

  String recallFellReason(RecallDrops.Fall fall, String other) {
    String allowed =
        "evaluation.maximumRecallDropPerCategory allows %s%s"
            .formatted(
                number(rules.maximumRecallDropPerCategory(), fall.drop()),
                fall.isLost()
                    ? (", and the gate refuses where a category of which %s or more examples were"
                            + " recognised is not recognised at all.")
                        .formatted(RecallDrops.LEAST_RECOGNISED)
                    : ", and the gate refuses more where it happens by chance in %s or fewer."
                        .formatted(cases(fall.level())));
    String drop = number(fall.drop(), rules.maximumRecallDropPerCategory());
    if (fall.isPool()) {
      return "Recall of %s (%s) is %s below that of %s: %s"
          .formatted(who(fall), named(fall.categories()), drop, other, allowed);
    }
    Evidence.Counted now = evidence.model().categories().get(fall.categories().get(0));
    int correct = now == null ? 0 : now.correct();
    int before = correct + fall.pairs().worse() - fall.pairs().better();
    return String.format(
        Locale.ROOT,
        "Recall of %s is %s (%,d of %,d examples) and that of %s is %s: a fall of %s, where %s",
        who(fall),
        number((double) correct / fall.support()),
        correct,
        fall.support(),
        other,
        number((double) before / fall.support()),
        drop,
        allowed);
  }

  String invalidAnswers(double share) {
    return String.format(
        Locale.ROOT,
        "the share of invalid answers is %s, where evaluation.maximumInvalidShare allows %s",
        number(share, rules.maximumInvalidShare()),
        number(rules.maximumInvalidShare(), share));
  }

  private String metric() {
    return rules.metric().key();
  }

  private static String who(RecallDrops.Fall fall) {
    return fall.isPool()
        ? "the %s categories with fewer than %s examples"
            .formatted(fall.categories().size(), RecallDrops.LEAST_EXAMPLES)
        : fall.categories().get(0);
  }

  private static String named(List<String> categories) {
    int more = categories.size() - MOST_NAMED;
    return more > 0
        ? String.join(", ", categories.subList(0, MOST_NAMED)) + " and " + more + " more"
        : String.join(", ", categories);
  }

  /** Formats an interval; its lower end has as many places as distinguish it from a limit. */
  private static String interval(PairedGain gain, double limit) {
    String low = number(gain.low(), limit);
    return "%s (95%% interval %s to %s)"
        .formatted(
            FigureText.gain(gain.value()),
            low.equals(number(gain.low())) ? FigureText.gain(gain.low()) : low,
            FigureText.gain(gain.high()));
  }

  private static String byChance(PairCounts pairs) {
    return ", which happens by chance in %s if both models are equally good"
        .formatted(cases(pairs.chance()));
  }

  /** Formats a probability below 1/2 as 1 of so many cases. */
  private static String cases(double chance) {
    if (chance < RAREST) {
      return "less than 1 of 1,000,000 cases";
    }
    BigDecimal cases = BigDecimal.valueOf(1 / chance).round(TWO_DIGITS);
    return String.format(
        Locale.ROOT, "1 of %,d cases", cases.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }

  private static String number(double value) {
    return number(value, value);
  }

  /** Formats with three places, or as many more as distinguish it from the compared number. */
  private static String number(double value, double against) {
    return rounded(value, against, FEWEST_PLACES);
  }

  /** Formats with two places, or as many more. */
  private static String decimal(double value, double against) {
    return rounded(value, against, 2);
  }

  private static String rounded(double value, double against, int fewest) {
    if (Double.isNaN(value)) {
      return "not measured";
    }
    for (int places = fewest; places < MOST_PLACES; places++) {
      String text = rounded(value, places);
      if (!text.equals(rounded(against, places))) {
        return text;
      }
    }
    return rounded(value, value == against ? fewest : MOST_PLACES);
  }

  private static String rounded(double value, int places) {
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }
}
