package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cost of an evaluation.
 *
 * @param models its models, the evaluated one first
 */
public record EvaluationCost(List<ContestantCost> models) {
  private static final int CENTS = 2;

  /** The cost of an evaluation that asks no model. */
  public static final EvaluationCost NOTHING = new EvaluationCost(List.of());

  public EvaluationCost {
    models = List.copyOf(models);
  }

  /** Returns the number of questions to hosted models. */
  public int paidQuestions() {
    return paid().stream().mapToInt(ContestantCost::questions).sum();
  }

  /** Returns the hosted models with open questions. */
  public List<ContestantCost> paid() {
    return models.stream().filter(model -> model.hosted() && model.questions() > 0).toList();
  }

  /** Returns exact US dollars, without models of unknown price. */
  public BigDecimal exactUsd() {
    BigDecimal sum = BigDecimal.ZERO;
    for (ContestantCost model : models) {
      BigDecimal usd = model.usd();
      sum = usd == null ? sum : sum.add(usd);
    }
    return sum;
  }

  /**
   * Returns the amounts for display.
   *
   * @param tuning exact cost of tuning, as the first part; the models follow
   */
  public Dollars after(@Nullable BigDecimal tuning) {
    List<@Nullable BigDecimal> parts = new ArrayList<>();
    parts.add(tuning);
    models.forEach(model -> parts.add(model.usd()));
    return Dollars.sum(parts);
  }

  /** Returns US dollars rounded up to a cent, without models of unknown price. */
  public BigDecimal usd() {
    return exactUsd().setScale(CENTS, RoundingMode.CEILING);
  }

  /** Returns whether the price of every model with open questions is known. */
  public boolean isComplete() {
    return unpriced().isEmpty();
  }

  private List<ContestantCost> unpriced() {
    return models.stream().filter(model -> model.usd() == null).toList();
  }

  /** Returns a sentence about models of unknown price; empty if there are none. */
  public Optional<String> warning() {
    return isComplete()
        ? Optional.empty()
        : Optional.of(
            Messages.of(
                "launcher.evaluation.price-unknown",
                unpriced().stream()
                    .map(model -> model.role().key() + " " + model.id())
                    .collect(Collectors.joining(" and "))));
  }

  /** Returns the prices of the compared models. */
  public List<AskingPrice> prices() {
    return paid().stream()
        .filter(model -> model.role() != ContestantRole.JUDGE)
        .flatMap(model -> Optional.ofNullable(model.price()).stream())
        .distinct()
        .toList();
  }

  /** Returns e.g. {@code 9 questions to 1 hosted model, 80 input and 20 output tokens}. */
  public String description() {
    List<ContestantCost> paid = paid();
    return String.format(
        Locale.ROOT,
        "%s to %s, %,d input and %,d output tokens",
        FigureText.count(paidQuestions(), "question"),
        FigureText.count(paid.size(), "hosted model"),
        paid.stream().mapToLong(ContestantCost::inputTokens).sum(),
        paid.stream().mapToLong(ContestantCost::outputTokens).sum());
  }
}
