package dev.attune.catalog;

import dev.attune.config.OutputFormat;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that can or could be tuned.
 *
 * @param name the provider's
 * @param format what its training files are written in
 * @param limits what it takes
 * @param tuning where and how it is tuned
 * @param price of tuning it, or null where none is known
 * @param preview whether the provider calls it a preview
 * @param retiredOn the day it was or will be retired, or null where none is announced
 * @param refusesFunctionCalls whether tuning is known to refuse function calls in examples
 * @param source where this is written
 * @param checkedOn the day somebody looked
 */
public record BaseModel(
    String name,
    OutputFormat format,
    ExampleLimits limits,
    Tuning tuning,
    @Nullable Price price,
    boolean preview,
    @Nullable LocalDate retiredOn,
    boolean refusesFunctionCalls,
    String source,
    LocalDate checkedOn) {

  /** An end within so many days is worth a warning (contract, section 2). */
  public static final int SOON_DAYS = 60;

  /** Whether it cannot be tuned any more on this day; its last day is the one before the end. */
  public boolean hasEnded(LocalDate today) {
    return retiredOn != null && !today.isBefore(retiredOn);
  }

  /** Whether it ends within {@link #SOON_DAYS} days, and has not ended yet. */
  public boolean endsSoon(LocalDate today) {
    return retiredOn != null && !hasEnded(today) && !today.plusDays(SOON_DAYS).isBefore(retiredOn);
  }

  /**
   * Where and how it is tuned; what is empty is not documented.
   *
   * @param regions that it is tuned in
   * @param served where the tuned model answers, by region of tuning; a region that is not in it
   *     serves what it tunes
   * @param adapterSizes that it can be tuned with
   */
  public record Tuning(
      List<String> regions, Map<String, String> served, List<Integer> adapterSizes) {
    public Tuning {
      regions = List.copyOf(regions);
      served = Collections.unmodifiableMap(new LinkedHashMap<>(served));
      adapterSizes = List.copyOf(adapterSizes);
    }

    /** Where a model that was tuned in a region answers. */
    public String servedFrom(String region) {
      return served.getOrDefault(region, region);
    }
  }

  /**
   * What tuning costs.
   *
   * @param usdPerMillionTrainingTokens US dollars; training tokens are the dataset's times epochs
   * @param source where this is written
   * @param checkedOn the day somebody looked
   */
  public record Price(BigDecimal usdPerMillionTrainingTokens, String source, LocalDate checkedOn) {}
}
