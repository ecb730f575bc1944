package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.TextModelPrices;
import dev.attune.catalog.TokenEstimate;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.judge.AnswerPair;
import dev.attune.launcher.judge.ConfiguredJudges;
import dev.attune.launcher.judge.JudgeRequests;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.schema.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what judges will cost before any answer is there: both answers are assumed to be as
 * long as the true one, and to differ in every example. Kept verdicts are not subtracted.
 */
public final class JudgingCosts {
  /** Tokens of a verdict by Attune's rubric, with a reserve for longer rubrics. */
  private static final int VERDICT_TOKENS = 100;

  private static final int ORDERS = 2;

  private JudgingCosts() {}

  /**
   * Returns the cost of each judge.
   *
   * @param rivals number of models that the evaluated one is compared with
   */
  public static List<ContestantCost> of(
      ConfiguredJudges judges, List<Question> questions, int rivals) {
    JudgeRequests requests = new JudgeRequests(judges.rubric(), Sampling.DEFAULT);
    long perRival = 0;
    for (Question question : questions) {
      List<Turn> turns = question.example().turns();
      String answer = question.example().answer();
      AnswerPair pair =
          new AnswerPair(
              question.example().system(),
              turns.subList(0, turns.size() - 1),
              answer,
              answer,
              null);
      perRival += ORDERS * tokens(requests.of(pair).get(0));
    }
    int asked = ORDERS * questions.size() * rivals;
    List<ContestantCost> costs = new ArrayList<>();
    for (ModelConfig judge : judges.models()) {
      costs.add(
          new ContestantCost(
              ContestantRole.JUDGE,
              judge.name(),
              true,
              false,
              asked,
              perRival * rivals,
              (long) asked * VERDICT_TOKENS,
              price(judge)));
    }
    return costs;
  }

  private static long tokens(ModelRequest request) {
    long units = request.system() == null ? 0 : TokenEstimate.units(request.system());
    for (ModelTurn turn : request.turns()) {
      for (ModelTurn.Part part : turn.parts()) {
        units += part instanceof ModelTurn.Text text ? TokenEstimate.units(text.text()) : 0;
      }
    }
    return TokenEstimate.tokens(units);
  }

  private static @Nullable AskingPrice price(ModelConfig judge) {
    return TextModelPrices.bundled()
        .of(judge)
        .map(
            price ->
                new AskingPrice(
                    price.perMillion().input(),
                    price.perMillion().output(),
                    BigDecimal.ONE,
                    price.source(),
                    price.checkedOn()))
        .orElse(null);
  }
}
