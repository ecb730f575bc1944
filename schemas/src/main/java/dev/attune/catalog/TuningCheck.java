package dev.attune.catalog;

import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      refusals.add(Messages.of("schemas.tuning.no-base-model", example(dataset)));
      return null;
    }
    BaseModel model = models.find(name).orElse(null);
    if (model == null) {
      String known = models.nearest(name).orElseGet(() -> example(dataset));
      refusals.add(Messages.of("schemas.tuning.unknown", Printable.shortened(name), option, known));
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
    return models.all().stream()
        .filter(model -> model.format() == dataset && !model.hasEnded(today))
        .findFirst()
        .map(model -> Messages.of("schemas.tuning.for-example", model.name()))
        .orElseGet(() -> Messages.of("schemas.tuning.available"));
  }

  private static void format(BaseModel model, OutputFormat dataset, List<String> refusals) {
    if (model.format() != dataset) {
      String format = word(model.format());
      refusals.add(
          Messages.of("schemas.tuning.format", model.name(), format, word(dataset), format));
    }
  }

  private void end(
      BaseModel model,
      String option,
      OutputFormat dataset,
      List<String> refusals,
      List<String> warnings) {
    LocalDate end = model.retiredOn();
    if (end == null) {
      return;
    }
    if (model.hasEnded(today)) {
      refusals.add(
          Messages.of("schemas.tuning.ended", model.name(), end, option, example(dataset)));
    } else if (model.endsSoon(today)) {
      long days = ChronoUnit.DAYS.between(today, end);
      warnings.add(
          Messages.of(
              "schemas.tuning.ends-soon", model.name(), end, days == 1 ? "1 day" : days + " days"));
    }
  }

  private static void region(
      BaseModel model, @Nullable String location, List<String> refusals, List<String> warnings) {
    List<String> regions = model.tuning().regions();
    if (location == null) {
      refusals.add(
          regions.isEmpty()
              ? Messages.of("schemas.tuning.no-location")
              : Messages.of("schemas.tuning.no-region", Printable.either(regions)));
    } else if (regions.isEmpty()) {
      warnings.add(Messages.of("schemas.tuning.regions-unknown", model.name(), location));
    } else if (!regions.contains(location)) {
      refusals.add(
          Messages.of(
              "schemas.tuning.other-region", model.name(), location, Printable.either(regions)));
    }
  }

  private static void adapter(
      BaseModel model, int size, List<String> refusals, List<String> warnings) {
    List<Integer> sizes = model.tuning().adapterSizes();
    if (sizes.isEmpty()) {
      warnings.add(Messages.of("schemas.tuning.sizes-unknown", model.name(), size));
    } else if (!sizes.contains(size)) {
      String allowed = Printable.either(sizes.stream().map(String::valueOf).toList());
      refusals.add(Messages.of("schemas.tuning.adapter-size", model.name(), size, allowed));
    }
  }

  private static void price(
      BaseModel model, @Nullable Double cap, List<String> refusals, List<String> warnings) {
    if (model.price() == null) {
      if (cap == null) {
        warnings.add(Messages.of("schemas.tuning.price-unknown", model.name()));
      } else {
        refusals.add(Messages.of("schemas.tuning.cap-without-price", model.name()));
      }
    }
  }

  private static void preview(BaseModel model, List<String> warnings) {
    if (model.preview()) {
      warnings.add(Messages.of("schemas.tuning.preview", model.name(), model.provider()));
    }
  }

  private void lookup(BaseModel model, List<String> warnings) {
    if (model.lookedUpLongAgo(today)) {
      long days = ChronoUnit.DAYS.between(model.lookedUpOn(), today);
      warnings.add(Messages.of("schemas.tuning.old-facts", model.name(), model.lookedUpOn(), days));
    }
  }

  private static String word(OutputFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
