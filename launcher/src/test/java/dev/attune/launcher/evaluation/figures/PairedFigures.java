package dev.attune.launcher.evaluation.figures;

import dev.attune.launcher.promotion.gate.PairCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of simulated answers, computed as an evaluation does. Every example has one category
 * and every answer names one; categories are numbers from 0.
 */
public final class PairedFigures {
  private final IndexedAnswer[][] answers;

  /** For so many categories. */
  public PairedFigures(int categories) {
    Map<String, Integer> places = new TreeMap<>();
    for (int i = 0; i < categories; i++) {
      places.put(String.valueOf(i), i);
    }
    answers = new IndexedAnswer[categories][categories];
    for (int truth = 0; truth < categories; truth++) {
      for (int given = 0; given < categories; given++) {
        answers[truth][given] =
            IndexedAnswer.of(
                new JudgedAnswer(List.of(String.valueOf(truth)), List.of(String.valueOf(given))),
                places);
      }
    }
  }

  /** One model's answers. */
  public static final class Scored {
    private final ScoredAnswers scored;

    private Scored(ScoredAnswers scored) {
      this.scored = scored;
    }

    public Estimate accuracyGain(Scored other) {
      return scored.accuracyGain(other.scored);
    }

    public Estimate macroF1Gain(Scored other) {
      return scored.macroF1Gain(other.scored);
    }
  }

  /**
   * Counts.
   *
   * @param truths the category of each example
   * @param given the category that the model answers
   */
  public Scored score(int[] truths, int[] given) {
    List<IndexedAnswer> all = new ArrayList<>(truths.length);
    for (int i = 0; i < truths.length; i++) {
      all.add(answers[truths[i]][given[i]]);
    }
    return new Scored(new ScoredAnswers(answers.length, all));
  }

  /** The gain of accuracy where so many answers of so many examples differ in being right. */
  public static Estimate accuracyGain(int better, int worse, int examples) {
    return Estimate.gain(new PairCounts(better, worse), examples);
  }
}
