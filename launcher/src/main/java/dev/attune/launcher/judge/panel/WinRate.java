package dev.attune.launcher.judge.panel;

/**
 * How often a model wins over another one on the same examples, as some judges see it. A tie counts
 * half. Of several judges each example has their mean score, so that the example stays the unit of
 * the interval: judges who agree do not make it narrower.
 *
 * @param examples number of examples, 1 or more
 * @param value wins and half of the ties, as a share of the examples
 * @param low lower end of the 95% interval
 * @param high upper end of the 95% interval
 * @param standardErrors wins less losses, in standard errors; 0 if every example is a tie
 */
public record WinRate(int examples, double value, double low, double high, double standardErrors) {
  /** The 97.5% quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * Returns the win rate of scores.
   *
   * @param scores of each example, from -1 (every judge sees a loss) to 1
   */
  public static WinRate of(double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("nothing was judged");
    }
    double sum = 0;
    double squares = 0;
    for (double score : scores) {
      sum += score;
      squares += score * score;
    }
    // The adjusted Wald interval for pairs (Agresti and Min 2005), as for a gain of accuracy: half
    // an example is added to each cell. It keeps a width where no answer differs.
    double n = scores.length + 2.0;
    double centre = sum / n;
    double half = Z * Math.sqrt(squares + 1 - sum * centre) / n;
    return new WinRate(
        scores.length,
        rate(sum / scores.length),
        rate(Math.max(-1, centre - half)),
        rate(Math.min(1, centre + half)),
        squares == 0 ? 0 : sum / Math.sqrt(squares));
  }

  private static double rate(double net) {
    return (1 + net) / 2;
  }

  /** Returns the share of wins less that of losses, from -1 to 1, for a win rate. */
  public static double net(double rate) {
    return 2 * rate - 1;
  }
}
