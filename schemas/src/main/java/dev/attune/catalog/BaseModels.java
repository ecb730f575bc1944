package dev.attune.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.AttuneConfig;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.OutputFormat;
import dev.attune.message.Messages;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.ClassResource;
import dev.attune.schema.NearestName;
import dev.attune.schema.SchemaFault;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The known base models: those of base-models.json and of a user's file. GB and MB are read as
 * decimal units where a provider does not define them: the smaller limit is safe under both
 * readings.
 */
public final class BaseModels {
  /** The size limit of a user's file; a model takes half a kilobyte. */
  private static final int MAX_BYTES = 1 << 20;

  private static final BaseModels BUNDLED = readBundled();

  private final Map<OutputFormat, ExampleLimits> formats;
  private final Map<OutputFormat, LocalDate> tuningEnds;
  private final Map<String, BaseModel> models;

  private BaseModels(
      Map<OutputFormat, ExampleLimits> formats,
      Map<OutputFormat, LocalDate> tuningEnds,
      Map<String, BaseModel> models) {
    this.formats = formats;
    this.tuningEnds = tuningEnds;
    this.models = models;
  }

  /** Returns the base models that ship with Attune. */
  public static BaseModels bundled() {
    return BUNDLED;
  }

  /**
   * Returns the bundled base models and those of the file that {@code tuning.baseModels} names.
   *
   * @throws BaseModelsException if that file cannot be used
   */
  public static BaseModels of(AttuneConfig config) throws BaseModelsException {
    String file = config.tuning().baseModels();
    return file == null ? BUNDLED : BUNDLED.with(config.resolve(file), file);
  }

  /**
   * Returns these models and those of a file, whose models and formats replace those of the same
   * name.
   *
   * @param place the name of the file in faults
   * @throws BaseModelsException if the file is missing or not valid by base-models.schema.json
   */
  public BaseModels with(Place file, String place) throws BaseModelsException {
    JsonNode document = read(file, place);
    List<String> faults =
        new ArrayList<>(
            SchemaFile.BASE_MODELS.validate(document).stream().map(SchemaFault::toString).toList());
    if (faults.isEmpty()) {
      faults.addAll(BaseModelRows.faults(document));
    }
    if (!faults.isEmpty()) {
      throw new BaseModelsException(
          faults.stream().map(fault -> place + ": " + fault).toList(),
          faults.size() == 1
              ? Messages.of("schemas.base-models.fault", place)
              : Messages.of("schemas.base-models.faults", place, faults.size()));
    }
    return with(document);
  }

  private BaseModels with(JsonNode document) {
    Map<OutputFormat, ExampleLimits> allFormats = new EnumMap<>(OutputFormat.class);
    allFormats.putAll(formats);
    Map<OutputFormat, LocalDate> allEnds = new EnumMap<>(OutputFormat.class);
    allEnds.putAll(tuningEnds);
    for (OutputFormat format : OutputFormat.values()) {
      JsonNode row = document.path("formats").path(format.name().toLowerCase(Locale.ROOT));
      if (row.isObject()) {
        allFormats.put(format, BaseModelRows.limits(row));
        LocalDate end = BaseModelRows.day(row.path("noTuningFrom"));
        if (end == null) {
          allEnds.remove(format);
        } else {
          allEnds.put(format, end);
        }
      }
    }
    Map<String, BaseModel> allModels = new LinkedHashMap<>(models);
    for (JsonNode row : document.path("models")) {
      BaseModel model = BaseModelRows.model(row);
      allModels.put(model.name(), model);
    }
    return new BaseModels(allFormats, allEnds, allModels);
  }

  /** Returns a known model. */
  public Optional<BaseModel> find(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** Returns the day from which the provider of a format refuses new tuning jobs, if announced. */
  public Optional<LocalDate> noTuningFrom(OutputFormat format) {
    return Optional.ofNullable(tuningEnds.get(format));
  }

  /** Returns the known name closest to an unknown one, or empty. */
  public Optional<String> nearest(String name) {
    return NearestName.of(name, List.copyOf(models.keySet()));
  }

  /** Returns all models, in the order of the files. */
  public List<BaseModel> all() {
    return List.copyOf(models.values());
  }

  /**
   * What a base model takes in a format; what the format takes where the model is null, unknown or
   * of another format.
   */
  public ExampleLimits limits(@Nullable String baseModel, OutputFormat format) {
    BaseModel model = baseModel == null ? null : models.get(baseModel);
    if (model != null && model.format() == format) {
      return model.limits();
    }
    ExampleLimits limits = formats.get(format);
    if (limits == null) {
      throw new IllegalStateException("base-models.json has no row for " + format);
    }
    return limits;
  }

  /** The limits of a configuration: those it names, else those of its base model and format. */
  public ExampleLimits limits(AttuneConfig config) {
    Limits named = config.dataset().rules().limits();
    ExampleLimits known = limits(config.baseModel(), config.dataset().output().format());
    Long bytes = named.trainingBytes();
    Long examples = named.trainingExamples();
    Integer tokens = named.tokens();
    return new ExampleLimits(
        bytes == null ? known.trainingBytes() : bytes,
        examples == null ? known.trainingExamples() : examples,
        tokens == null ? known.tokens() : tokens);
  }

  private static JsonNode read(Place file, String place) throws BaseModelsException {
    byte[] json;
    try (InputStream in = file.open()) {
      json = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw refusal(Messages.of("schemas.base-models.gone", place));
    } catch (PlaceException e) {
      throw refusal(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      boolean folder = file instanceof LocalPlace local && local.isFolder();
      throw refusal(
          Messages.of(
              folder ? "schemas.base-models.folder" : "schemas.base-models.unreadable", place));
    }
    if (json.length > MAX_BYTES) {
      throw refusal(Messages.of("schemas.base-models.too-large", place));
    }
    try {
      return CanonicalJson.read(json);
    } catch (JsonProcessingException e) {
      throw refusal(
          Messages.of("schemas.base-models.not-json", place, e.getLocation().getLineNr()));
    }
  }

  private static BaseModelsException refusal(String sentence) {
    return new BaseModelsException(List.of(), sentence);
  }

  private static BaseModels readBundled() {
    try {
      return new BaseModels(Map.of(), Map.of(), Map.of())
          .with(CanonicalJson.read(ClassResource.bytes(BaseModels.class, "base-models.json")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("base-models.json is not JSON", e);
    }
  }
}
