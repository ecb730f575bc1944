package dev.attune.launcher.judge;

import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.judge.panel.JudgePanel;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The answers of the evaluated model and of a rival to the same questions. Judges are not asked
 * where the answers are equal, or where a model has none: no answer loses to any answer.
 */
public final class RivalPairs {
  private static final ModelAnswer NONE = ModelAnswer.of("");

  private final int[] undisputed;
  private final boolean[] asked;
  private final List<AnswerPair> pairs = new ArrayList<>();
  private int equal;
  private int unanswered;

  private RivalPairs(int questions) {
    this.undisputed = new int[questions];
    this.asked = new boolean[questions];
  }

  /**
   * Pairs the answers.
   *
   * @param own answers of the evaluated model by the fingerprint of the example
   * @param other answers of the rival
   * @param redacted replaces personal data, which models may invent
   */
  public static RivalPairs of(
      List<Question> questions,
      Map<String, ModelAnswer> own,
      Map<String, ModelAnswer> other,
      UnaryOperator<String> redacted) {
    RivalPairs rival = new RivalPairs(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      String example = questions.get(i).fingerprint();
      rival.add(
          i,
          questions.get(i),
          redacted.apply(own.getOrDefault(example, NONE).text().strip()),
          redacted.apply(other.getOrDefault(example, NONE).text().strip()));
    }
    return rival;
  }

  private void add(int place, Question question, String first, String second) {
    if (first.isEmpty() || second.isEmpty()) {
      unanswered++;
      undisputed[place] = (first.isEmpty() ? 0 : 1) - (second.isEmpty() ? 0 : 1);
    } else if (first.equals(second)) {
      equal++;
    } else {
      asked[place] = true;
      List<Turn> turns = question.example().turns();
      pairs.add(
          new AnswerPair(
              question.example().system(),
              turns.subList(0, turns.size() - 1),
              first,
              second,
              null));
    }
  }

  /** Returns the pairs that judges are asked about, in the order of the questions. */
  public List<AnswerPair> pairs() {
    return pairs;
  }

  /** Returns how many questions have equal answers. */
  public int equal() {
    return equal;
  }

  /** Returns how many questions one of the models or both did not answer. */
  public int unanswered() {
    return unanswered;
  }

  /**
   * Returns the verdicts of judges.
   *
   * @param judgements by judge, for each of the pairs
   */
  public JudgePanel panel(List<JudgeSeat> judges, List<List<PairJudgement>> judgements) {
    int[][] scores = new int[judges.size()][];
    for (int judge = 0; judge < scores.length; judge++) {
      scores[judge] = undisputed.clone();
      int next = 0;
      for (int i = 0; i < asked.length; i++) {
        if (asked[i]) {
          scores[judge][i] = judgements.get(judge).get(next++).verdict().score();
        }
      }
    }
    return new JudgePanel(judges.stream().map(JudgeSeat::family).toList(), scores, asked);
  }
}
