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
 * Holds what a configuration orders against what is known of its base model, before anything leaves
 * this machine. Reads no file and asks nobody. The local back end has no base model to be held
 * against: it is never objected to.
 */
public final class TuningCheck {
  private static final String KEY = "tuning.baseModel";

  private final BaseModels models;
  private final LocalDate today;

  /**
   * A check as of a day.
   *
   * @param today in UTC
   */
  public TuningCheck(BaseModels models, LocalDate today) {
    this.models = models;
    this.today = today;
  }

  /**
   * What speaks against tuning as the configuration says.
   *
   * @param dataset the format of the dataset that shall be tuned on
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
   * What speaks against a base model, wherever and however it is tuned.
   *
   * @param option by which the model was named, as people write it
   * @param cap of the cost in US dollars, or null: none
   * @param dataset the format of the dataset that shall be tuned on
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
          "The base model '"
              + Printable.shortened(name)
              + "' is not known: set "
              + option
              + advice
              + ", or describe it in the file that tuning.baseModels names.");
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

  /** A model that can be tuned on such a dataset today. */
  private String example(OutputFormat dataset) {
    Optional<String> usable =
        models.all().stream()
            .filter(model -> model.format() == dataset && !model.hasEnded(today))
            .map(BaseModel::name)
            .findFirst();
    return usable
        .map(name -> " to one that is offered, for example " + name)
        .orElse(" to one that is offered");
  }

  private static void format(BaseModel model, OutputFormat dataset, List<String> refusals) {
    if (model.format() != dataset) {
      refusals.add(
          model.name()
              + " is tuned on "
              + word(model.format())
              + " examples and the dataset holds "
              + word(dataset)
              + " ones: prepare it with output.format "
              + word(model.format())
              + ".");
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
          model.name()
              + " ended on "
              + model.retiredOn()
              + ": set "
              + option
              + example(dataset)
              + ".");
    } else if (model.endsSoon(today)) {
      long days = ChronoUnit.DAYS.between(today, model.retiredOn());
      warnings.add(
          model.name()
              + " ends on "
              + model.retiredOn()
              + ", in "
              + days
              + (days == 1 ? " day" : " days")
              + ", and a model tuned on it cannot be moved to another.");
    }
  }

  private static void region(
      BaseModel model, @Nullable String location, List<String> refusals, List<String> warnings) {
    List<String> regions = model.tuning().regions();
    if (location == null) {
      refusals.add(
          "tuning.location is missing: set it to "
              + (regions.isEmpty() ? "a region of the provider" : either(regions))
              + ".");
    } else if (regions.isEmpty()) {
      warnings.add(
          "The regions that "
              + model.name()
              + " is tuned in are not documented, so "
              + location
              + " is not checked.");
    } else if (!regions.contains(location)) {
      refusals.add(
          model.name()
              + " is not tuned in "
              + location
              + ": set tuning.location to "
              + either(regions)
              + ".");
    }
  }

  private static void adapter(
      BaseModel model, int size, List<String> refusals, List<String> warnings) {
    List<Integer> sizes = model.tuning().adapterSizes();
    if (sizes.isEmpty()) {
      warnings.add(
          "The adapter sizes of "
              + model.name()
              + " are not documented, so "
              + size
              + " is not checked.");
    } else if (!sizes.contains(size)) {
      refusals.add(
          model.name()
              + " is not tuned with an adapter of size "
              + size
              + ": set tuning.adapterSize to "
              + either(sizes.stream().map(String::valueOf).toList())
              + ".");
    }
  }

  private static void price(
      BaseModel model, @Nullable Double cap, List<String> refusals, List<String> warnings) {
    if (model.price() == null) {
      String unknown = "No price of tuning " + model.name() + " is known, so ";
      if (cap == null) {
        warnings.add(unknown + "nobody can say what it will cost.");
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
          model.name()
              + " is a preview model: "
              + model.provider()
              + " may change or end it at short notice.");
    }
  }

  private void lookup(BaseModel model, List<String> warnings) {
    if (model.lookedUpLongAgo(today)) {
      warnings.add(
          model.name()
              + " was looked up on "
              + model.lookedUpOn()
              + ", "
              + ChronoUnit.DAYS.between(model.lookedUpOn(), today)
              + " days ago: compare limits and price with the provider's page, or correct them in"
              + " the file that tuning.baseModels names.");
    }
  }

  /** {@code a}, {@code a or b}, {@code a, b or c}. */
  private static String either(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String word(OutputFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
