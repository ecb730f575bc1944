package dev.attune.catalog;

import dev.attune.config.OutputFormat;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that can or could be tuned.
 *
 * @param name the provider's
 * @param format what its training files are written in
 * @param limits what it takes
 * @param tuning where and how it is tuned
 * @param prices of tuning it and of asking it
 * @param lifetime until when it is there and can be tuned
 * @param refusesFunctionCalls whether tuning is known to refuse function calls in examples
 * @param source where this is written
 * @param checkedOn the day somebody looked
 */
public record BaseModel(
    String name,
    OutputFormat format,
    ExampleLimits limits,
    Tuning tuning,
    Prices prices,
    Lifetime lifetime,
    boolean refusesFunctionCalls,
    String source,
    LocalDate checkedOn) {

  /** An end within so many days is worth a warning (contract, section 2). */
  public static final int SOON_DAYS = 60;

  /** Limits and prices change; a row that was looked up longer ago is worth a warning. */
  public static final int OLD_DAYS = 90;

  /** Whether the provider calls it a preview. */
  public boolean preview() {
    return lifetime.preview();
  }

  /** The day it was or will be retired, or null where none is announced. */
  public @Nullable LocalDate retiredOn() {
    return lifetime.retiredOn();
  }

  /** What tuning it costs, or null where no price is known. */
  public @Nullable Price price() {
    return prices.tuning();
  }

  /** What asking it costs, or null where no price is known. */
  public @Nullable AskingPrice askingPrice() {
    return prices.asking();
  }

  /** Whether it cannot be tuned any more on this day; its last day is the one before the end. */
  public boolean hasEnded(LocalDate today) {
    return isOver(retiredOn(), today);
  }

  /** Whether it ends within {@link #SOON_DAYS} days, and has not ended yet. */
  public boolean endsSoon(LocalDate today) {
    LocalDate end = retiredOn();
    return end != null && !hasEnded(today) && !today.plusDays(SOON_DAYS).isBefore(end);
  }

  /** Whether its provider takes no new tuning job for it on this day, though it may be there. */
  public boolean tuningHasEnded(LocalDate today) {
    return isOver(lifetime.noTuningFrom(), today);
  }

  private static boolean isOver(@Nullable LocalDate end, LocalDate today) {
    return end != null && !today.isBefore(end);
  }

  /** The day its limits or its price were last looked up, whichever is the earlier. */
  public LocalDate lookedUpOn() {
    Price price = prices.tuning();
    return price != null && price.checkedOn().isBefore(checkedOn) ? price.checkedOn() : checkedOn;
  }

  /** Whether limits or price were looked up more than {@link #OLD_DAYS} days before this day. */
  public boolean lookedUpLongAgo(LocalDate today) {
    return lookedUpOn().plusDays(OLD_DAYS).isBefore(today);
  }

  /** The company that offers models of this format, for a sentence. */
  public String provider() {
    return provider(format);
  }

  /** The company whose format this is, for a sentence. */
  public static String provider(OutputFormat format) {
    return switch (format) {
      case GEMINI -> "Google";
      case OPENAI -> "OpenAI";
    };
  }

  /**
   * Until when it is there and can be tuned; what is null is not announced.
   *
   * @param preview whether the provider calls it a preview
   * @param retiredOn the day it was or will be retired
   * @param mayRetireFrom the earliest day on which it may be retired
   * @param noTuningFrom the day from which no new tuning job is taken
   */
  public record Lifetime(
      boolean preview,
      @Nullable LocalDate retiredOn,
      @Nullable LocalDate mayRetireFrom,
      @Nullable LocalDate noTuningFrom) {}

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

    /**
     * All locations in which a model may answer, in the order in which to ask them: {@link
     * #servedFrom} of the region, the other locations that the row names, the region itself. Only
     * the region where the row names none.
     *
     * @param region where it was tuned, or the location in its endpoint's name
     */
    public List<String> servingLocations(String region) {
      Set<String> locations = new LinkedHashSet<>();
      locations.add(servedFrom(region));
      locations.addAll(served.values());
      locations.add(region);
      return List.copyOf(locations);
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

  /**
   * What asking costs.
   *
   * @param usdPerMillionInputTokens US dollars for what it is asked
   * @param usdPerMillionOutputTokens US dollars for what it answers
   * @param tunedTimes by how much asking a model that was tuned from it costs more; 1: the same
   * @param source where this is written
   * @param checkedOn the day somebody looked
   */
  public record AskingPrice(
      BigDecimal usdPerMillionInputTokens,
      BigDecimal usdPerMillionOutputTokens,
      BigDecimal tunedTimes,
      String source,
      LocalDate checkedOn) {}

  /** Prices of tuning a model and of asking it; null where none is known. */
  public record Prices(@Nullable Price tuning, @Nullable AskingPrice asking) {}
}
