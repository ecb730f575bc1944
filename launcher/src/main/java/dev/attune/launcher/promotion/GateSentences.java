package dev.attune.launcher.promotion;

import static dev.attune.page.FigureText.count;

import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.gate.ChampionComparison;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.launcher.promotion.gate.RecallDrops;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

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
    String counted = count(evidence.examples());
    String minimum = count(rules.minimumExamples());
    return evidence.unfair() == 0
        ? Messages.of("launcher.gate.few-examples", counted, minimum)
        : Messages.of(
            "launcher.gate.few-fair-examples", counted, count(evidence.unfair()), minimum);
  }

  String noGain(String other) {
    return Messages.of("launcher.gate.no-gain", metric(), other);
  }

  String gainOverBase(Compared base, PairedGain gain) {
    return Messages.of(
        "launcher.gate.gain-over-base",
        count(evidence.examples()),
        metric(),
        base.id(),
        interval(gain, rules.minimumGainOverBase()));
  }

  String smallGainOverBase(Compared base, PairedGain gain) {
    String asked = number(rules.minimumGainOverBase(), gain.low());
    return Messages.of("launcher.gate.small-gain", gainOverBase(base, gain), asked);
  }

  String smallGainOverBaseReason(Compared base, PairedGain gain) {
    return Messages.of(
        "launcher.gate.small-gain-reason",
        metric(),
        number(evidence.model().figure(rules.metric())),
        base.id(),
        number(base.measured().figure(rules.metric())),
        number(gain.low(), rules.minimumGainOverBase()),
        number(rules.minimumGainOverBase(), gain.low()));
  }

  private String answers(Compared champion, PairCounts answers) {
    return Messages.of(
        "launcher.gate.answers",
        count(evidence.examples()),
        evidence.model().id(),
        count(answers.better()),
        champion.id(),
        count(answers.worse()),
        champion.id());
  }

  /** Explains why a successor that is not better than the champion passes. */
  String answersEnough(Compared champion, PairCounts answers) {
    String compared = answers(champion, answers);
    return answers.better() > answers.worse()
        ? compared
        : Messages.of("launcher.gate.answers-enough", compared);
  }

  String worseAnswers(Compared champion, PairCounts answers) {
    return answers(champion, answers) + byChance(answers);
  }

  String worseAnswersReason(Compared champion, PairCounts answers) {
    return Messages.of(
        "launcher.gate.worse-answers-reason",
        champion.id(),
        count(answers.better() - answers.worse()),
        decimal(answers.standardErrors(), ChampionComparison.LEAST_IN_ANSWERS),
        decimal(ChampionComparison.LEAST_IN_ANSWERS, answers.standardErrors()));
  }

  String worseF1(Compared champion, PairedGain gain) {
    return Messages.of(
        "launcher.gate.worse-f1", metric(), champion.id(), interval(gain, gain.low()));
  }

  String worseF1Reason(Compared champion, PairedGain gain) {
    double least = ChampionComparison.LEAST_IN_F1;
    return Messages.of(
        "launcher.gate.worse-f1-reason",
        metric(),
        number(evidence.model().figure(rules.metric())),
        number(champion.measured().figure(rules.metric())),
        champion.id(),
        gain.standardError() == 0 ? "infinitely many" : decimal(gain.standardErrors(), least),
        decimal(least, gain.standardError() == 0 ? 0 : gain.standardErrors()));
  }

  String noRecall(List<String> categories, String other) {
    return Messages.of("launcher.gate.no-recall", named(categories), other);
  }

  /** Names the first categories, and counts the others. */
  String recallFell(List<RecallDrops.Fall> falls, String other) {
    List<String> clauses = new ArrayList<>();
    for (RecallDrops.Fall fall : falls.subList(0, Math.min(MOST_FALLS, falls.size()))) {
      clauses.add(recallFell(fall, other));
    }
    int more = falls.size() - clauses.size();
    if (more > 0) {
      clauses.add(
          Messages.of(more == 1 ? "launcher.gate.one-more-fell" : "launcher.gate.more-fell", more));
    }
    return String.join("; ", clauses);
  }

  private String recallFell(RecallDrops.Fall fall, String other) {
    if (fall.isLost()) {
      return Messages.of(
          "launcher.gate.category-lost",
          count(fall.support()),
          who(fall),
          other,
          count(fall.pairs().worse()));
    }
    return Messages.of(
            "launcher.gate.recall-fell",
            count(fall.support()),
            who(fall),
            count(fall.pairs().better()),
            other,
            count(fall.pairs().worse()),
            other)
        + byChance(fall.pairs());
  }

  String recallFellReason(RecallDrops.Fall fall, String other) {
    String limit = number(rules.maximumRecallDropPerCategory(), fall.drop());
    String allowed =
        fall.isLost()
            ? Messages.of("launcher.gate.lost-limit", limit, RecallDrops.LEAST_RECOGNISED)
            : Messages.of("launcher.gate.drop-limit", limit, cases(fall.level()));
    String drop = number(fall.drop(), rules.maximumRecallDropPerCategory());
    if (fall.isPool()) {
      return Messages.of(
          "launcher.gate.pool-fell-reason",
          who(fall),
          named(fall.categories()),
          drop,
          other,
          allowed);
    }
    Evidence.Counted now = evidence.model().categories().get(fall.categories().get(0));
    int correct = now == null ? 0 : now.correct();
    int before = correct + fall.pairs().worse() - fall.pairs().better();
    return Messages.of(
        "launcher.gate.recall-fell-reason",
        who(fall),
        number((double) correct / fall.support()),
        count(correct),
        count(fall.support()),
        other,
        number((double) before / fall.support()),
        drop,
        allowed);
  }

  String invalidAnswers(double share) {
    return Messages.of(
        "launcher.gate.invalid-answers",
        number(share, rules.maximumInvalidShare()),
        number(rules.maximumInvalidShare(), share));
  }

  private String metric() {
    return rules.metric().key();
  }

  private static String who(RecallDrops.Fall fall) {
    return fall.isPool()
        ? Messages.of("launcher.gate.pool", fall.categories().size(), RecallDrops.LEAST_EXAMPLES)
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
    return Messages.of(
        "launcher.gate.interval",
        FigureText.gain(gain.value()),
        low.equals(number(gain.low())) ? FigureText.gain(gain.low()) : low,
        FigureText.gain(gain.high()));
  }

  private static String byChance(PairCounts pairs) {
    return Messages.of("launcher.gate.by-chance", cases(pairs.chance()));
  }

  /** Formats a probability below 1/2 as 1 of so many cases. */
  private static String cases(double chance) {
    if (chance < RAREST) {
      return Messages.of("launcher.gate.rarest");
    }
    BigDecimal cases = BigDecimal.valueOf(1 / chance).round(TWO_DIGITS);
    return Messages.of(
        "launcher.gate.cases", count(cases.setScale(0, RoundingMode.HALF_EVEN).longValueExact()));
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
