package dev.attune.launcher.promotion.preference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.promotion.gate.PairedGain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What judges say of a model.
 *
 * @param canDecide whether judges of two or more families are left
 * @param judges the judges that are left
 * @param base win rates over the base model, or null if it was not compared
 * @param champion win rates over the champion, or null if it was not compared
 */
public record JudgedEvidence(
    boolean canDecide,
    List<String> judges,
    @Nullable List<Wins> base,
    @Nullable List<Wins> champion) {
  public JudgedEvidence {
    judges = List.copyOf(judges);
    base = base == null ? null : List.copyOf(base);
    champion = champion == null ? null : List.copyOf(champion);
  }

  /**
   * The win rate by some of the judges.
   *
   * @param without the family that is left out, or null for all judges
   * @param rate a tie counts half
   * @param low lower end of the 95% interval
   * @param high upper end of the 95% interval
   * @param standardErrors wins less losses, in standard errors
   */
  public record Wins(
      @Nullable String without, double rate, double low, double high, double standardErrors) {
    /** Returns wins less losses as a share of the examples, with its interval. */
    PairedGain gain() {
      return new PairedGain(2 * rate - 1, 2 * low - 1, 2 * high - 1);
    }
  }

  /** Reads a document of judged-evaluation.schema.json; null if it is another evaluation's. */
  public static @Nullable JudgedEvidence read(JsonNode evaluation) {
    JsonNode judging = evaluation.path("judging");
    if (!judging.isObject()) {
      return null;
    }
    List<String> judges = new ArrayList<>();
    for (JsonNode judge : judging.path("judges")) {
      if (judge.path("used").asBoolean()) {
        judges.add(judge.path("key").asText());
      }
    }
    return new JudgedEvidence(
        judging.path("canDecide").asBoolean(),
        judges,
        wins(evaluation.path("comparisons").path("base")),
        wins(evaluation.path("comparisons").path("champion")));
  }

  private static @Nullable List<Wins> wins(JsonNode comparison) {
    if (!comparison.isObject()) {
      return null;
    }
    List<Wins> wins = new ArrayList<>();
    for (JsonNode part : comparison.path("winRates")) {
      JsonNode without = part.path("without");
      wins.add(
          new Wins(
              without.isTextual() ? without.asText() : null,
              number(part, "value"),
              number(part, "low"),
              number(part, "high"),
              number(part, "standardErrors")));
    }
    return wins;
  }

  private static double number(JsonNode node, String key) {
    return node.path(key).asDouble(Double.NaN);
  }

  /** Returns the win rate over the base model by all judges; NaN if there is none. */
  public double rateOverBase() {
    return rate(base);
  }

  /** Returns the win rate over the champion by all judges; NaN if there is none. */
  public double rateOverChampion() {
    return rate(champion);
  }

  private static double rate(@Nullable List<Wins> wins) {
    return wins == null || wins.isEmpty() ? Double.NaN : wins.get(0).rate();
  }

  /** Returns the evidence without the champion. */
  public JudgedEvidence withoutChampion() {
    return new JudgedEvidence(canDecide, judges, base, null);
  }
}
