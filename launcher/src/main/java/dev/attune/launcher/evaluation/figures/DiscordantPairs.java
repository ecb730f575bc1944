package dev.attune.launcher.evaluation.figures;

/**
 * How often a model and another one differ on the same examples. Examples on which both are right,
 * or both are wrong, say nothing about which model is better (McNemar 1947).
 *
 * @param better examples that this model got right and the other one did not
 * @param worse examples that the other model got right and this one did not
 */
public record DiscordantPairs(int better, int worse) {
  public DiscordantPairs {
    if (better < 0 || worse < 0) {
      throw new IllegalArgumentException("negative count: " + better + ", " + worse);
    }
  }
}
