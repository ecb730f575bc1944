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
 * @param format the format of its training files
 * @param limits its limits
 * @param tuning regions and adapter sizes
 * @param prices of tuning and inference
 * @param lifetime until when it is offered and can be tuned
 * @param refusesFunctionCalls whether tuning is known to refuse function calls in examples
 * @param source the page with these facts
 * @param checkedOn the day on which that page was read
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

  /** A model that ends within this number of days gets a warning. */
  private static final int SOON_DAYS = 60;

  /** Days after which the facts of a model give a warning, because limits and prices change. */
  private static final int OLD_DAYS = 90;

  /** Returns whether the provider calls it a preview. */
  public boolean preview() {
    return lifetime.preview();
  }

  /** Returns the day of its retirement, or null if none is announced. */
  public @Nullable LocalDate retiredOn() {
    return lifetime.retiredOn();
  }

  /** Returns the price of tuning, or null if unknown. */
  public @Nullable Price price() {
    return prices.tuning();
  }

  /** Returns the price of inference, or null if unknown. */
  public @Nullable AskingPrice askingPrice() {
    return prices.asking();
  }

  /** Returns whether it is retired on a day; its last day is the one before its end. */
  public boolean hasEnded(LocalDate today) {
    return isOver(retiredOn(), today);
  }

  /** Returns whether it ends within 60 days and has not ended yet. */
  public boolean endsSoon(LocalDate today) {
    LocalDate end = retiredOn();
    return end != null && !hasEnded(today) && !today.plusDays(SOON_DAYS).isBefore(end);
  }

  /** Returns whether its provider refuses new tuning jobs for it on a day. */
  public boolean tuningHasEnded(LocalDate today) {
    return isOver(lifetime.noTuningFrom(), today);
  }

  private static boolean isOver(@Nullable LocalDate end, LocalDate today) {
    return end != null && !today.isBefore(end);
  }

  /** Returns the day on which its limits or its price were read, whichever is earlier. */
  public LocalDate lookedUpOn() {
    Price price = prices.tuning();
    return price != null && price.checkedOn().isBefore(checkedOn) ? price.checkedOn() : checkedOn;
  }

  /** Returns whether limits or price were read more than 90 days before a day. */
  public boolean lookedUpLongAgo(LocalDate today) {
    return lookedUpOn().plusDays(OLD_DAYS).isBefore(today);
  }

  /** Returns the name of its provider. */
  public String provider() {
    return provider(format);
  }

  /** Returns the name of the provider of a format. */
  public static String provider(OutputFormat format) {
    return switch (format) {
      case GEMINI -> "Google";
      case OPENAI -> "OpenAI";
    };
  }

  /**
   * Until when it is offered and can be tuned; null dates are not announced.
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
   * Regions and adapter sizes of tuning; empty if not documented.
   *
   * @param regions in which it can be tuned
   * @param served where a tuned model is served, by region of tuning; a missing region serves its
   *     own models
   * @param adapterSizes the possible adapter sizes
   */
  public record Tuning(
      List<String> regions, Map<String, String> served, List<Integer> adapterSizes) {
    public Tuning {
      regions = List.copyOf(regions);
      served = Collections.unmodifiableMap(new LinkedHashMap<>(served));
      adapterSizes = List.copyOf(adapterSizes);
    }

    /** Returns where a model that was tuned in a region is served. */
    public String servedFrom(String region) {
      return served.getOrDefault(region, region);
    }

    /**
     * Returns all locations that may serve a model, in the order in which to try them: {@link
     * #servedFrom} of the region, the other locations that the row names, the region itself.
     * Returns only the region if the row names no location.
     *
     * @param region of tuning, or the location in its endpoint's name
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
   * The price of tuning.
   *
   * @param usdPerMillionTrainingTokens US dollars; training tokens are the dataset's times epochs
   * @param source where this is written
   * @param checkedOn the day on which that page was read
   */
  public record Price(BigDecimal usdPerMillionTrainingTokens, String source, LocalDate checkedOn) {}

  /**
   * The price of inference.
   *
   * @param usdPerMillionInputTokens US dollars for prompts
   * @param usdPerMillionOutputTokens US dollars for answers
   * @param tunedTimes the factor for a model that was tuned from it
   * @param source where this is written
   * @param checkedOn the day on which that page was read; null for a price of attune.yaml
   */
  public record AskingPrice(
      BigDecimal usdPerMillionInputTokens,
      BigDecimal usdPerMillionOutputTokens,
      BigDecimal tunedTimes,
      String source,
      @Nullable LocalDate checkedOn) {}

  /** Prices of tuning and inference; null if unknown. */
  public record Prices(@Nullable Price tuning, @Nullable AskingPrice asking) {}
}
