package dev.attune.launcher.promotion;

import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.promotion.Evidence.Counted;
import dev.attune.launcher.promotion.Evidence.Measured;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model must reach before it is promoted, as {@code evaluation:} of attune.yaml says. Knows
 * no ledger and no file; docs/promotion.md tells the same to people.
 *
 * <p>A figure that was not measured never passes. A tie does.
 */
public final class Gate {
  /**
   * Of these rules; the ledger keeps it with every decision. What was refused under older rules is
   * decided anew by {@code attune run}.
   */
  public static final int VERSION = 2;

  /**
   * Figures come with six places: what differs by less than this is the same number, which
   * subtraction in binary made unequal.
   */
  private static final double SAME = 1e-9;

  private static final int FEWEST_PLACES = 4;
  private static final int MOST_PLACES = 9;

  private final EvaluationConfig rules;

  public Gate(EvaluationConfig rules) {
    this.rules = rules;
  }

  /** One sentence for each test that the model fails, with both numbers; none if it passes. */
  public List<String> reasons(Evidence evidence) {
    List<String> reasons = new ArrayList<>();
    againstBase(evidence, reasons);
    againstChampion(evidence, reasons);
    recalls(evidence, reasons);
    invalidAnswers(evidence, reasons);
    return reasons;
  }

  private void againstBase(Evidence evidence, List<String> reasons) {
    Measured base = evidence.base();
    if (base == null) {
      reasons.add("It was not compared with its base model.");
      return;
    }
    double own = evidence.model().figure(rules.metric());
    double other = base.figure(rules.metric());
    double asked = rules.minimumGainOverBase();
    if (isNotBelow(own - other, asked)) {
      return;
    }
    reasons.add(
        Double.isNaN(own - other)
            ? metric() + " was not measured of both the model and its base model " + base.id() + "."
            : String.format(
                Locale.ROOT,
                "%s is %s and that of the base model %s is %s: a gain of %s, where"
                    + " evaluation.minimumGainOverBase asks for %s.",
                metric(),
                number(own, other),
                base.id(),
                number(other, own),
                number(own - other, asked),
                number(asked, own - other)));
  }

  private void againstChampion(Evidence evidence, List<String> reasons) {
    Measured champion = evidence.champion();
    if (champion == null) {
      return;
    }
    double own = evidence.model().figure(rules.metric());
    double other = champion.figure(rules.metric());
    if (isNotBelow(own, other)) {
      return;
    }
    reasons.add(
        Double.isNaN(own - other)
            ? metric()
                + " was not measured of both the model and the champion "
                + champion.id()
                + "."
            : String.format(
                Locale.ROOT,
                "%s is %s, worse than the %s of the champion %s.",
                metric(),
                number(own, other),
                number(other, own),
                champion.id()));
  }

  /**
   * Recall is compared with what is in use, or with the base model while nothing is. Only a base
   * model that answers the same to every prompt, as that of the local back end does, is left out:
   * its recall of 1 in what it always says is no merit that a model could lose.
   */
  private void recalls(Evidence evidence, List<String> reasons) {
    Measured champion = evidence.champion();
    Measured base = evidence.base();
    if (champion != null) {
      recalls(evidence.model(), champion, "the champion ", reasons);
    } else if (base != null && !base.isConstant(evidence.examples())) {
      recalls(evidence.model(), base, "the base model ", reasons);
    }
  }

  private void recalls(Measured model, Measured other, String who, List<String> reasons) {
    for (Map.Entry<String, Counted> category : other.categories().entrySet()) {
      Counted before = category.getValue();
      if (before.support() == 0) {
        continue;
      }
      Counted now = model.categories().get(category.getKey());
      String reason = fall(category.getKey(), now, before, who + other.id());
      if (reason != null) {
        reasons.add(reason);
      }
    }
  }

  private @Nullable String fall(
      String category, @Nullable Counted now, Counted before, String whose) {
    if (now == null || now.support() != before.support()) {
      return "Recall of " + category + " was not measured on the examples that " + whose + " had.";
    }
    double fallen = before.recall() - now.recall();
    double allowed = rules.maximumRecallDropPerCategory();
    if (isNotBelow(allowed, fallen)) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "Recall of %s is %s (%d of %d examples) and that of %s is %s: a fall of %s, where"
            + " evaluation.maximumRecallDropPerCategory allows %s.",
        category,
        number(now.recall(), before.recall()),
        now.correct(),
        now.support(),
        whose,
        number(before.recall(), now.recall()),
        number(fallen, allowed),
        number(allowed, fallen));
  }

  private void invalidAnswers(Evidence evidence, List<String> reasons) {
    double share = evidence.model().invalidShare();
    double allowed = rules.maximumInvalidShare();
    if (isNotBelow(allowed, share)) {
      return;
    }
    reasons.add(
        Double.isNaN(share)
            ? "The share of invalid answers was not measured."
            : String.format(
                Locale.ROOT,
                "The share of invalid answers is %s, where evaluation.maximumInvalidShare allows"
                    + " %s.",
                number(share, allowed),
                number(allowed, share)));
  }

  private String metric() {
    return rules.metric().key();
  }

  /** False, too, where one of them was not measured. */
  private static boolean isNotBelow(double figure, double limit) {
    return figure >= limit - SAME;
  }

  /** With four places, or as many more as tell it from the number that it is held against. */
  private static String number(double value, double against) {
    for (int places = FEWEST_PLACES; places < MOST_PLACES; places++) {
      String text = rounded(value, places);
      if (!text.equals(rounded(against, places))) {
        return text;
      }
    }
    return rounded(value, Math.abs(value - against) < SAME ? FEWEST_PLACES : MOST_PLACES);
  }

  private static String rounded(double value, int places) {
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }
}
