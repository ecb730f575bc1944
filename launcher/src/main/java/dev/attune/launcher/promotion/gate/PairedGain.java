package dev.attune.launcher.promotion.gate;

/**
 * How much better a model is than another one in a metric, with the 95% interval of the paired
 * difference.
 *
 * @param value from -1 to 1; above 0 if the model is better
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record PairedGain(double value, double low, double high) {
  /** The 97.5% quantile of the normal distribution: half the width of a 95% interval. */
  private static final double HALF_WIDTH = 1.959963984540054;

  public PairedGain {
    if (Double.isNaN(value) || Double.isNaN(low) || Double.isNaN(high)) {
      throw new IllegalArgumentException("a gain that was not measured");
    }
  }

  /**
   * Whether the whole interval lies above a limit. Where the true gain is the limit itself, this
   * holds in about 2.5% of all samples.
   */
  public boolean isAbove(double limit) {
    return low > limit;
  }

  /** Returns the standard error, computed from the width of the interval. */
  public double standardError() {
    return (high - low) / (2 * HALF_WIDTH);
  }

  /**
   * Returns the gain divided by its standard error; 0 for no gain, infinite if the interval has no
   * width.
   */
  public double standardErrors() {
    return value == 0 ? 0 : value / standardError();
  }
}
