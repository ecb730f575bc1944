package dev.attune.launcher.estimate;

import dev.attune.catalog.BaseModel.Price;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.schema.DatasetManifest.Identity;
import java.math.BigDecimal;
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
    lines.add(row("split", "examples", "records", "tokens"));
    lines.add(row("training", estimate.training()));
    lines.add(row("validation", estimate.validation()));
    lines.add(
        "  = %s tokens × %d = %s to pay for"
            .formatted(
                number(estimate.training().tokens() + estimate.validation().tokens()),
                estimate.epochs(),
                number(estimate.billedTokens())));
    lines.add("");
    lines.addAll(cost(estimate));
    lines.add("tokens  " + estimate.method().id() + ": " + estimate.method().description());
    estimate.method().error().ifPresent(error -> lines.add("error   " + error));
    return lines;
  }

  private static List<String> cost(CostEstimate estimate) {
    BigDecimal usd = estimate.usd();
    Price price = estimate.price();
    if (estimate.backEnd() == BackEnd.LOCAL) {
      return List.of("cost    US$ 0.00: the local back end tunes on this machine");
    }
    if (usd == null || price == null) {
      return List.of("cost    not known: there is no price of " + estimate.baseModel());
    }
    return List.of(
        String.format(Locale.ROOT, "cost    US$ %,.2f", usd),
        String.format(
            Locale.ROOT,
            "price   US$ %,.2f per million training tokens as of %s (%s)",
            price.usdPerMillionTrainingTokens(),
            price.checkedOn(),
            price.source()));
  }

  private static String row(String split, SplitTokens tokens) {
    return row(split, number(tokens.examples()), number(tokens.records()), number(tokens.tokens()));
  }

  private static String row(String split, String examples, String records, String tokens) {
    return String.format(Locale.ROOT, "  %-10s %12s %12s %15s", split, examples, records, tokens);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
