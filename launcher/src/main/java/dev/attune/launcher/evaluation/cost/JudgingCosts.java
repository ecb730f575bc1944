package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.TextModelPrices;
import dev.attune.catalog.TokenEstimate;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.judge.AnswerPair;
import dev.attune.launcher.judge.ConfiguredJudges;
import dev.attune.launcher.judge.JudgeRequests;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what judges will cost. Where a model has not answered yet, both answers are assumed to
 * be as long as the true one, and to differ. Verdicts that are kept cost nothing.
 */
public final class JudgingCosts {
  /** Tokens of a verdict by Attune's rubric, with a reserve for longer rubrics. */
  private static final int VERDICT_TOKENS = 100;

  private JudgingCosts() {}

  /**
   * Returns the cost of each judge.
   *
   * @param kept knows the verdicts on known pairs
   * @throws CommandFailure if a judge cannot be asked
   */
  public static List<ContestantCost> of(
      ConfiguredJudges judges, ExpectedPairs pairs, KeptVerdicts kept)
      throws CommandFailure, IOException {
    List<ContestantCost> costs = new ArrayList<>();
    for (ModelConfig judge : judges.models()) {
      JudgeRequests requests = judges.requests(judge);
      int asked = 0;
      long input = 0;
      for (AnswerPair pair : pairs.known()) {
        for (ModelRequest request : requests.of(pair)) {
          if (!kept.has(judge, request)) {
            asked++;
            input += tokens(request);
          }
        }
      }
      for (AnswerPair pair : pairs.assumed()) {
        for (ModelRequest request : requests.of(pair)) {
          asked++;
          input += tokens(request);
        }
      }
      costs.add(
          new ContestantCost(
              ContestantRole.JUDGE,
              judge.name(),
              true,
              false,
              asked,
              input,
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
