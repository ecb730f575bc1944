package dev.attune.launcher.judge;

import dev.attune.launcher.judge.JudgeReply.Fault;
import dev.attune.launcher.judge.panel.OrderVerdict;
import dev.attune.launcher.judge.panel.PairVerdict;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a judge's bias.
 *
 * @param pairs pairs that it was asked about
 * @param complete pairs with a verdict in both orders
 * @param consistent complete pairs with the same verdict in both orders
 * @param first complete pairs in which it preferred what was shown first, in both orders
 * @param second complete pairs in which it preferred what was shown second, in both orders
 * @param decided pairs with a winner and answers of different length
 * @param longer decided pairs in which the longer answer won
 * @param faults requests without a verdict
 */
public record JudgeHabits(
    int pairs,
    int complete,
    int consistent,
    int first,
    int second,
    int decided,
    int longer,
    Map<Fault, Integer> faults) {
  public JudgeHabits {
    faults = Collections.unmodifiableMap(new EnumMap<>(faults));
  }

  /** Counts the judgements of some pairs, in the same order. */
  public static JudgeHabits of(List<AnswerPair> pairs, List<PairJudgement> judgements) {
    int complete = 0;
    int consistent = 0;
    int first = 0;
    int second = 0;
    int decided = 0;
    int longer = 0;
    Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    for (int i = 0; i < judgements.size(); i++) {
      PairJudgement judgement = judgements.get(i);
      count(faults, judgement.shown().fault());
      count(faults, judgement.swapped().fault());
      complete += judgement.isComplete() ? 1 : 0;
      consistent += judgement.isConsistent() ? 1 : 0;
      first += isBoth(judgement, OrderVerdict.FIRST) ? 1 : 0;
      second += isBoth(judgement, OrderVerdict.SECOND) ? 1 : 0;
      int difference = pairs.get(i).first().length() - pairs.get(i).second().length();
      PairVerdict verdict = judgement.verdict();
      if (verdict != PairVerdict.TIE && difference != 0) {
        decided++;
        longer += verdict.score() == Integer.signum(difference) ? 1 : 0;
      }
    }
    return new JudgeHabits(
        judgements.size(), complete, consistent, first, second, decided, longer, faults);
  }

  private static void count(Map<Fault, Integer> faults, @Nullable Fault fault) {
    if (fault != null) {
      faults.merge(fault, 1, Integer::sum);
    }
  }

  private static boolean isBoth(PairJudgement judgement, OrderVerdict verdict) {
    return judgement.shown().verdict() == verdict && judgement.swapped().verdict() == verdict;
  }

  /** Returns the share of complete pairs with one verdict in both orders, or null if none is. */
  public @Nullable Double consistency() {
    return complete == 0 ? null : (Double) ((double) consistent / complete);
  }

  /** Returns the share of decided pairs in which the longer answer won, or null if none is. */
  public @Nullable Double longerShare() {
    return decided == 0 ? null : (Double) ((double) longer / decided);
  }
}
