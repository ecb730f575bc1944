package dev.attune.launcher.cli;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.BaseModel.Price;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.EstimateResult;
import dev.attune.launcher.estimate.SplitTokens;
import dev.attune.launcher.evaluation.cost.AskingCost;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.schema.DatasetManifest.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An estimate for people: tokens of each split, the sum, what it costs and as of when. */
final class EstimateText {
  private EstimateText() {}

  static List<String> lines(EstimateResult result) {
    CostEstimate estimate = result.estimate();
    Identity identity = result.dataset().manifest().identity();
    List<String> lines = new ArrayList<>();
    lines.add(
        identity.dataset()
            + " "
            + identity.runId()
            + ": tuning "
            + estimate.baseModel()
            + " for "
            + estimate.epochs()
            + (estimate.epochs() == 1 ? " epoch" : " epochs"));
    lines.add(row("split", "examples", "rows", "tokens"));
    lines.add(row("training", estimate.training()));
    lines.add(row("validation", estimate.validation()));
    lines.add(
        "  = %s tokens × %d = %s to pay for"
            .formatted(
                number(estimate.training().tokens() + estimate.validation().tokens()),
                estimate.epochs(),
                number(estimate.billedTokens())));
    lines.add("");
    Dollars shown = result.evaluation().cost().after(estimate.exactUsd());
    lines.addAll(cost(estimate, shown.part(0)));
    lines.add("tokens    " + estimate.method().id() + ": " + estimate.method().description());
    estimate.method().error().ifPresent(error -> lines.add("accuracy  " + error));
    lines.add("");
    lines.addAll(evaluation(estimate, result.evaluation(), shown));
    return lines;
  }

  private static List<String> evaluation(
      CostEstimate estimate, EvaluationForecast forecast, Dollars shown) {
    if (forecast.refusal() != null) {
      return List.of("evaluation: not possible. " + forecast.refusal());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "evaluation: "
            + (forecast.fair() < forecast.validation()
                ? number(forecast.fair()) + " of " + number(forecast.validation())
                : number(forecast.fair()))
            + " validation examples are asked");
    EvaluationCost cost = forecast.cost();
    int width =
        cost.models().stream().map(EstimateText::name).mapToInt(String::length).max().orElse(0);
    lines.add(row(width, "", "questions", "tokens asked", "answered", "US$"));
    int part = 0;
    for (AskingCost model : cost.models()) {
      part++;
      lines.add(
          row(
              width,
              name(model),
              number(model.questions()),
              number(model.inputTokens()),
              number(model.outputTokens()),
              model.usd() == null ? "not known" : shown.part(part)));
    }
    if (cost.paidQuestions() > 0) {
      lines.add(
          "cost      US$ "
              + shown.from(1)
              + (cost.isComplete() ? "" : " without what is not known")
              + (estimate.exactUsd() == null
                  ? ""
                  : "; US$ " + shown.total() + " together with tuning"));
    }
    for (AskingPrice price : cost.prices()) {
      lines.add(price(price));
    }
    return lines;
  }

  private static String price(AskingPrice price) {
    return String.format(
        Locale.ROOT,
        "price     US$ %,.2f per million tokens asked and %,.2f answered, %s times that for a tuned"
            + " model, as of %s (%s)",
        price.usdPerMillionInputTokens(),
        price.usdPerMillionOutputTokens(),
        price.tunedTimes().stripTrailingZeros().toPlainString(),
        price.checkedOn(),
        price.source());
  }

  private static String name(AskingCost model) {
    return model.standing().key() + " " + model.id();
  }

  private static String row(
      int width, String model, String questions, String asked, String answered, String usd) {
    return String.format(
        Locale.ROOT,
        "  %s%s %12s %15s %12s %12s",
        model,
        " ".repeat(width - model.length()),
        questions,
        asked,
        answered,
        usd);
  }

  private static List<String> cost(CostEstimate estimate, String usd) {
    Price price = estimate.price();
    if (estimate.backEnd() == BackEnd.LOCAL) {
      return List.of("cost      US$ 0.00: the local back end tunes on this machine");
    }
    if (price == null) {
      return List.of("cost      not known: there is no price of " + estimate.baseModel());
    }
    return List.of(
        "cost      US$ " + usd,
        String.format(
            Locale.ROOT,
            "price     US$ %,.2f per million training tokens as of %s (%s)",
            price.usdPerMillionTrainingTokens(),
            price.checkedOn(),
            price.source()));
  }

  private static String row(String split, SplitTokens tokens) {
    return row(split, number(tokens.examples()), number(tokens.records()), number(tokens.tokens()));
  }

  private static String row(String split, String examples, String rows, String tokens) {
    return String.format(Locale.ROOT, "  %-10s %12s %12s %15s", split, examples, rows, tokens);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
