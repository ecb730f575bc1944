package dev.attune.launcher.evaluation.cost;

import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.judge.AnswerPair;
import dev.attune.launcher.judge.GoldChoice;
import dev.attune.launcher.judge.RivalPairs;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The pairs of answers that judges are expected to compare.
 *
 * @param known pairs whose answers are there: people's choices, and questions that both models have
 *     answered
 * @param assumed pairs of the other questions, in which both answers stand for the true one
 */
public record ExpectedPairs(List<AnswerPair> known, List<AnswerPair> assumed) {
  public ExpectedPairs {
    known = List.copyOf(known);
    assumed = List.copyOf(assumed);
  }

  /**
   * Returns the pairs of an evaluation.
   *
   * @param own kept answers of the evaluated model by the fingerprint of the example
   * @param rivals kept answers of each model that it is compared with
   * @param redacted replaces personal data of an answer
   */
  public static ExpectedPairs of(
      List<GoldChoice> gold,
      List<Question> questions,
      Map<String, ModelAnswer> own,
      List<Map<String, ModelAnswer>> rivals,
      UnaryOperator<String> redacted) {
    List<AnswerPair> known = new ArrayList<>(gold.stream().map(GoldChoice::pair).toList());
    List<AnswerPair> assumed = new ArrayList<>();
    for (Map<String, ModelAnswer> other : rivals) {
      List<Question> answered = new ArrayList<>();
      for (Question question : questions) {
        if (own.containsKey(question.fingerprint()) && other.containsKey(question.fingerprint())) {
          answered.add(question);
        } else {
          assumed.add(assumed(question));
        }
      }
      known.addAll(RivalPairs.of(answered, own, other, redacted).pairs());
    }
    return new ExpectedPairs(known, assumed);
  }

  private static AnswerPair assumed(Question question) {
    List<Turn> turns = question.example().turns();
    String answer = question.example().answer();
    return new AnswerPair(
        question.example().system(), turns.subList(0, turns.size() - 1), answer, answer, null);
  }
}
