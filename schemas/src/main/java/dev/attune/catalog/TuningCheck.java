package dev.attune.catalog;

import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.schema.Printable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the tuning configuration with what is known of its base model. Reads no file and makes
 * no call. The local back end has no base model and is always accepted.
 */
public final class TuningCheck {
  private static final String KEY = "tuning.baseModel";

  private final BaseModels models;
  private final LocalDate today;

  /**
   * Creates a check as of a day.
   *
   * @param today in UTC
   */
  public TuningCheck(BaseModels models, LocalDate today) {
    this.models = models;
    this.today = today;
  }

  /**
   * Returns the refusals and warnings for the tuning that a configuration describes.
   *
   * @param dataset the format of the dataset to tune on
   */
  public Objections against(TuningConfig tuning, OutputFormat dataset) {
    if (tuning.backEnd() == BackEnd.LOCAL) {
      return new Objections(List.of(), List.of());
    }
    List<String> refusals = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    BaseModel model = model(tuning.baseModel(), KEY, dataset, refusals);
    if (model != null) {
      offer(model, KEY, tuning.maxCostUsd(), dataset, refusals, warnings);
      region(model, tuning.place().location(), refusals, warnings);
      adapter(model, tuning.hyperparameters().adapterSize(), refusals, warnings);
    }
    return new Objections(refusals, warnings);
  }

  /**
   * Returns the refusals and warnings for a base model, for any region and adapter size.
   *
   * @param option the option or key that named the model, for the sentences
   * @param cap the cost cap in US dollars, or null
   * @param dataset the format of the dataset to tune on
   */
  public Objections against(
      String baseModel, String option, @Nullable Double cap, OutputFormat dataset) {
    List<String> refusals = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    BaseModel model = model(baseModel, option, dataset, refusals);
    if (model != null) {
      offer(model, option, cap, dataset, refusals, warnings);
    }
    return new Objections(refusals, warnings);
  }

  private @Nullable BaseModel model(
      @Nullable String name, String option, OutputFormat dataset, List<String> refusals) {
    if (name == null) {
      refusals.add("tuning.baseModel is missing: set it" + example(dataset) + ".");
      return null;
    }
    BaseModel model = models.find(name).orElse(null);
    if (model == null) {
      String advice =
          models.nearest(name).map(near -> " to " + near).orElseGet(() -> example(dataset));
      refusals.add(
          ("The base model '%s' is not known: set %s%s, or describe it in the file that "
                  + "tuning.baseModels names.")
              .formatted(Printable.shortened(name), option, advice));
    }
    return model;
  }

  private void offer(
      BaseModel model,
      String option,
      @Nullable Double cap,
      OutputFormat dataset,
      List<String> refusals,
      List<String> warnings) {
    format(model, dataset, refusals);
    end(model, option, dataset, refusals, warnings);
    preview(model, warnings);
    price(model, cap, refusals, warnings);
    lookup(model, warnings);
  }

  /** Returns advice with an example of a model that can be tuned on such a dataset today. */
  private String example(OutputFormat dataset) {
    Optional<String> usable =
        models.all().stream()
            .filter(model -> model.format() == dataset && !model.hasEnded(today))
            .map(BaseModel::name)
            .findFirst();
    return usable
        .map(name -> " to an available model, for example " + name)
        .orElse(" to an available model");
  }

  private static void format(BaseModel model, OutputFormat dataset, List<String> refusals) {
    if (model.format() != dataset) {
      refusals.add(
          ("%1$s is tuned on %2$s examples and the dataset holds %3$s ones: prepare it with "
                  + "output.format %2$s.")
              .formatted(model.name(), word(model.format()), word(dataset)));
    }
  }

  private void end(
      BaseModel model,
      String option,
      OutputFormat dataset,
      List<String> refusals,
      List<String> warnings) {
    if (model.hasEnded(today)) {
      refusals.add(
          "%s ended on %s: set %s%s."
              .formatted(model.name(), model.retiredOn(), option, example(dataset)));
    } else if (model.endsSoon(today)) {
      long days = ChronoUnit.DAYS.between(today, model.retiredOn());
      warnings.add(
          "%s ends on %s, in %d %s, and a model tuned on it cannot be moved to another."
              .formatted(model.name(), model.retiredOn(), days, days == 1 ? "day" : "days"));
    }
  }

  private static void region(
      BaseModel model, @Nullable String location, List<String> refusals, List<String> warnings) {
    List<String> regions = model.tuning().regions();
    if (location == null) {
      refusals.add(
          "tuning.location is missing: set it to "
              + (regions.isEmpty() ? "a region of the provider" : Printable.either(regions))
              + ".");
    } else if (regions.isEmpty()) {
      warnings.add(
          "The regions that %s is tuned in are not documented, so %s is not checked."
              .formatted(model.name(), location));
    } else if (!regions.contains(location)) {
      refusals.add(
          "%s is not tuned in %s: set tuning.location to %s."
              .formatted(model.name(), location, Printable.either(regions)));
    }
  }

  private static void adapter(
      BaseModel model, int size, List<String> refusals, List<String> warnings) {
    List<Integer> sizes = model.tuning().adapterSizes();
    if (sizes.isEmpty()) {
      warnings.add(
          "The adapter sizes of %s are not documented, so %d is not checked."
              .formatted(model.name(), size));
    } else if (!sizes.contains(size)) {
      refusals.add(
          "%s is not tuned with an adapter of size %d: set tuning.adapterSize to %s."
              .formatted(
                  model.name(),
                  size,
                  Printable.either(sizes.stream().map(String::valueOf).toList())));
    }
  }

  private static void price(
      BaseModel model, @Nullable Double cap, List<String> refusals, List<String> warnings) {
    if (model.price() == null) {
      String unknown = "No price of tuning " + model.name() + " is known, so ";
      if (cap == null) {
        warnings.add(unknown + "its cost cannot be estimated.");
      } else {
        refusals.add(
            unknown
                + "a cost cap cannot be kept: give the price in the file that tuning.baseModels"
                + " names, or leave out the cap.");
      }
    }
  }

  private static void preview(BaseModel model, List<String> warnings) {
    if (model.preview()) {
      warnings.add(
          "%s is a preview model: %s may change or end it at short notice."
              .formatted(model.name(), model.provider()));
    }
  }

  private void lookup(BaseModel model, List<String> warnings) {
    if (model.lookedUpLongAgo(today)) {
      warnings.add(
          ("%s was looked up on %s, %d days ago: compare limits and price with the "
                  + "provider's page, or correct them in the file that tuning.baseModels names.")
              .formatted(
                  model.name(),
                  model.lookedUpOn(),
                  ChronoUnit.DAYS.between(model.lookedUpOn(), today)));
    }
  }

  private static String word(OutputFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
