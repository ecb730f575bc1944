package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Promotions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model with its lineage.
 *
 * @param job the job that tuned it
 * @param tunedAt when the ledger saw the end of the job
 * @param dataset the dataset that it was tuned on
 * @param use whether it is in use
 * @param evaluation the last evaluation, or null
 * @param evidence the figures of that evaluation, or null
 * @param decisions the decisions on it, in order
 * @param forced the last forced promotion, or null
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

  /** Use of a model. */
  public enum Use {
    /** It is the model in use. */
    CHAMPION("champion"),
    /** It was in use before. */
    FORMER_CHAMPION("former champion"),
    /** A user declined it. */
    DECLINED("declined"),
    /** The gate refused it, and it was not evaluated since. */
    REFUSED("refused"),
    /** It was never in use, and the gate can be applied. */
    EVALUATED("evaluated"),
    /** It was never in use, and it has no evaluation. */
    NOT_EVALUATED("not evaluated");

    private final String words;

    Use(String words) {
      this.words = words;
    }

    /** Returns the words in texts and JSON. */
    public String words() {
      return words;
    }
  }
}
