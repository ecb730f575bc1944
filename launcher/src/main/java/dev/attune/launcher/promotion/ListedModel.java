package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Promotions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model and where it comes from.
 *
 * @param job that made it
 * @param tunedAt when its tuning ended, as far as the ledger saw it
 * @param dataset that it was tuned on
 * @param use whether it is in use
 * @param evaluation the last one, or null
 * @param evidence what that one measured, or null
 * @param decisions on it, the first first
 * @param forced the last decision by which it was forced past the gate, or null; it stays
 */
public record ListedModel(
    Job job,
    Instant tunedAt,
    Datasets.Entry dataset,
    Use use,
    Evaluations.@Nullable Entry evaluation,
    @Nullable Evidence evidence,
    List<Promotions.Entry> decisions,
    Promotions.@Nullable Entry forced) {
  public ListedModel {
    decisions = List.copyOf(decisions);
  }

  /** Whether a model is in use. */
  public enum Use {
    /** It is. */
    CHAMPION("champion"),
    /** It was. */
    FORMER_CHAMPION("former champion"),
    /** Somebody decided that it is not to be used. */
    DECLINED("declined"),
    /** The gate kept it out, and it was not evaluated since. */
    REFUSED("refused"),
    /** It never was; the gate can be held. */
    EVALUATED("evaluated"),
    /** It never was, and nobody knows how good it is. */
    NOT_EVALUATED("not evaluated");

    private final String words;

    Use(String words) {
      this.words = words;
    }

    /** For people and JSON. */
    public String words() {
      return words;
    }
  }
}
