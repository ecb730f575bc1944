package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.BaseModel.AskingPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation will cost.
 *
 * @param models that take part, the evaluated one first
 */
public record EvaluationCost(List<ContestantCost> models) {
  private static final int CENTS = 2;

  /** Of an evaluation that asks nobody. */
  public static final EvaluationCost NOTHING = new EvaluationCost(List.of());

  public EvaluationCost {
    models = List.copyOf(models);
  }

  /** Questions to hosted models: those that are paid for. */
  public int paidQuestions() {
    return paid().stream().mapToInt(ContestantCost::questions).sum();
  }

  /** Hosted models that will be asked something. */
  public List<ContestantCost> paid() {
    return models.stream().filter(model -> model.hosted() && model.questions() > 0).toList();
  }

  /** US dollars, exactly, without the models whose price is not known. */
  public BigDecimal exactUsd() {
    BigDecimal sum = BigDecimal.ZERO;
    for (ContestantCost model : models) {
      BigDecimal usd = model.usd();
      sum = usd == null ? sum : sum.add(usd);
    }
    return sum;
  }

  /**
   * The amounts as people read them.
   *
   * @param tuning what is paid before, exactly, as the first part of the sum; the models follow
   */
  public Dollars after(@Nullable BigDecimal tuning) {
    List<@Nullable BigDecimal> parts = new ArrayList<>();
    parts.add(tuning);
    models.forEach(model -> parts.add(model.usd()));
    return Dollars.sum(parts);
  }

  /** US dollars, rounded up to a cent, without the models whose price is not known. */
  public BigDecimal usd() {
    return exactUsd().setScale(CENTS, RoundingMode.CEILING);
  }

  /** Whether the price of every model that will be asked is known. */
  public boolean isComplete() {
    return unpriced().isEmpty();
  }

  private List<ContestantCost> unpriced() {
    return models.stream().filter(model -> model.usd() == null).toList();
  }

  /** Which models are not in the figure, in a sentence; empty where all are. */
  public Optional<String> warning() {
    return isComplete()
        ? Optional.empty()
        : Optional.of(
            "The price of asking "
                + unpriced().stream()
                    .map(model -> model.role().key() + " " + model.id())
                    .collect(Collectors.joining(" and "))
                + " is not known and not in the cost of the evaluation: give it as askingPrice in"
                + " the file that tuning.baseModels names.");
  }

  /** The prices that the figure goes by. */
  public List<AskingPrice> prices() {
    return paid().stream()
        .flatMap(model -> Optional.ofNullable(model.price()).stream())
        .distinct()
        .toList();
  }

  /** {@code 1,200 questions to 3 models, 60,000 tokens asked and 12,000 answered}. */
  public String words() {
    List<ContestantCost> paid = paid();
    return String.format(
        Locale.ROOT,
        "%s to %s, %,d tokens asked and %,d answered",
        counted(paidQuestions(), "question"),
        counted(paid.size(), "hosted model"),
        paid.stream().mapToLong(ContestantCost::inputTokens).sum(),
        paid.stream().mapToLong(ContestantCost::outputTokens).sum());
  }

  private static String counted(int count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
