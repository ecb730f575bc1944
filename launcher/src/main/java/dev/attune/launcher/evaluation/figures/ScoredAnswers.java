package dev.attune.launcher.evaluation.figures;

import dev.attune.launcher.promotion.gate.PairCounts;
import java.util.List;

/**
 * The figures of a model with their 95% intervals. Categories are given by their index. Memory: two
 * numbers per example. Time: proportional to the categories in all examples and answers.
 */
final class ScoredAnswers {
  private final List<IndexedAnswer> answers;
  private final AnswerCounts counts;
  private final double[] macroLighter;
  private final double[] microLighter;
  private final Jackknife macro;
  private final Jackknife micro;

  /**
   * Counts answers.
   *
   * @param categories number of categories
   * @param answers an answer for each example; at least one
   */
  ScoredAnswers(int categories, List<IndexedAnswer> answers) {
    this.answers = answers;
    this.counts = new AnswerCounts(categories);
    answers.forEach(counts::add);
    this.macroLighter = counts.macroF1Lighter(answers);
    this.microLighter = counts.microF1Lighter(answers);
    this.macro = Jackknife.of(counts.macroF1(), macroLighter);
    this.micro = Jackknife.of(counts.microF1(), microLighter);
  }

  AnswerCounts counts() {
    return counts;
  }

  Estimate accuracy() {
    return Estimate.share(counts.exact(), counts.examples());
  }

  Estimate invalidShare() {
    return Estimate.share(counts.invalid(), counts.examples());
  }

  Estimate macroF1() {
    return macro.share(counts.examples());
  }

  Estimate microF1() {
    return micro.share(counts.examples());
  }

  /** Returns the gain of accuracy over another model. */
  Estimate accuracyGain(ScoredAnswers other) {
    return Estimate.gain(discordantAnswers(other), counts.examples());
  }

  Estimate macroF1Gain(ScoredAnswers other) {
    return Jackknife.ofDifference(macro, macroLighter, other.macro, other.macroLighter)
        .difference(accuracyGain(other));
  }

  Estimate microF1Gain(ScoredAnswers other) {
    return Jackknife.ofDifference(micro, microLighter, other.micro, other.microLighter)
        .difference(accuracyGain(other));
  }

  PairCounts discordantAnswers(ScoredAnswers other) {
    int better = 0;
    int worse = 0;
    for (int i = 0; i < answers.size(); i++) {
      boolean exact = answers.get(i).isExact();
      if (exact != other.answers.get(i).isExact()) {
        better += exact ? 1 : 0;
        worse += exact ? 0 : 1;
      }
    }
    return new PairCounts(better, worse);
  }

  /** Returns, by category, the examples in which exactly one of the models gave it. */
  PairCounts[] discordantCategories(ScoredAnswers other, int categories) {
    int[] better = new int[categories];
    int[] worse = new int[categories];
    for (int i = 0; i < answers.size(); i++) {
      for (int category : answers.get(i).truth()) {
        boolean correct = answers.get(i).isCorrect(category);
        if (correct != other.answers.get(i).isCorrect(category)) {
          better[category] += correct ? 1 : 0;
          worse[category] += correct ? 0 : 1;
        }
      }
    }
    PairCounts[] pairs = new PairCounts[categories];
    for (int category = 0; category < categories; category++) {
      pairs[category] = new PairCounts(better[category], worse[category]);
    }
    return pairs;
  }
}
