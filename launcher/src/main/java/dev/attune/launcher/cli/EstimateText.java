package dev.attune.launcher.cli;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.BaseModel.Price;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.EstimateResult;
import dev.attune.launcher.estimate.SplitTokens;
import dev.attune.launcher.evaluation.cost.ContestantCost;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.page.FigureText;
import dev.attune.schema.DatasetManifest.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints an estimate for the user: the tokens of each split, the cost, and the date of the price.
 */
final class EstimateText {
  private EstimateText() {}

  static List<String> lines(EstimateResult result) {
    CostEstimate estimate = result.estimate();
    Identity identity = result.dataset().manifest().identity();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s: tuning %s for %s"
            .formatted(
                identity.dataset(),
                identity.runId(),
                estimate.baseModel(),
                FigureText.count(estimate.epochs(), "epoch")));
    lines.add(row("split", "examples", "rows", "tokens"));
    lines.add(row("training", estimate.training()));
    lines.add(row("validation", estimate.validation()));
    lines.add(
        "  = %s tokens × %d = %s to pay for"
            .formatted(
                FigureText.count(estimate.training().tokens() + estimate.validation().tokens()),
                estimate.epochs(),
                FigureText.count(estimate.billedTokens())));
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
                ? FigureText.count(forecast.fair())
                    + " of "
                    + FigureText.count(forecast.validation())
                : FigureText.count(forecast.fair()))
            + " validation examples are asked");
    EvaluationCost cost = forecast.cost();
    int width =
        cost.models().stream().map(EstimateText::name).mapToInt(String::length).max().orElse(0);
    lines.add(row(width, "", "questions", "input tokens", "output tokens", "US$"));
    int part = 0;
    for (ContestantCost model : cost.models()) {
      part++;
      lines.add(
          row(
              width,
              name(model),
              FigureText.count(model.questions()),
              FigureText.count(model.inputTokens()),
              FigureText.count(model.outputTokens()),
              model.usd() == null ? "unknown" : shown.part(part)));
    }
    if (cost.paidQuestions() > 0) {
      lines.add(
          "cost      US$ "
              + shown.from(1)
              + (cost.isComplete() ? "" : " without unknown prices")
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
        "price     US$ %,.2f per million input tokens and %,.2f per million output tokens, times %s"
            + " for a tuned model, as of %s (%s)",
        price.usdPerMillionInputTokens(),
        price.usdPerMillionOutputTokens(),
        price.tunedTimes().stripTrailingZeros().toPlainString(),
        price.checkedOn(),
        price.source());
  }

  private static String name(ContestantCost model) {
    return model.role().key() + " " + model.id();
  }

  private static String row(
      int width, String model, String questions, String asked, String answered, String usd) {
    return String.format(
        Locale.ROOT,
        "  %s%s %12s %15s %15s %12s",
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
      return List.of("cost      unknown: there is no price of " + estimate.baseModel());
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
    return row(
        split,
        FigureText.count(tokens.examples()),
        FigureText.count(tokens.records()),
        FigureText.count(tokens.tokens()));
  }

  private static String row(String split, String examples, String rows, String tokens) {
    return String.format(Locale.ROOT, "  %-10s %12s %12s %15s", split, examples, rows, tokens);
  }
}
