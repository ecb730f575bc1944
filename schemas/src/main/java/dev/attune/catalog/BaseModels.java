package dev.attune.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.AttuneConfig;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.OutputFormat;
import dev.attune.schema.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The base models that base-models.json knows. A unit of size that a provider leaves open (GB, MB)
 * is taken as the decimal one, the smaller: a file that keeps to it is taken under either reading.
 */
public final class BaseModels {
  private static final BaseModels BUNDLED = bundled();

  private final Map<OutputFormat, ExampleLimits> formats = new EnumMap<>(OutputFormat.class);
  private final Map<String, BaseModel> models = new LinkedHashMap<>();

  private BaseModels(JsonNode data) {
    for (OutputFormat format : OutputFormat.values()) {
      JsonNode row = data.path("formats").path(format.name().toLowerCase(Locale.ROOT));
      formats.put(format, limits(row));
    }
    for (JsonNode row : data.path("models")) {
      BaseModel model = model(row);
      models.put(model.name(), model);
    }
  }

  /** What is known about a model, if anything is. */
  public static Optional<BaseModel> find(String name) {
    return Optional.ofNullable(BUNDLED.models.get(name));
  }

  /**
   * What a base model takes in a format; what the format takes where the model is null, unknown or
   * of another format.
   */
  public static ExampleLimits limits(@Nullable String baseModel, OutputFormat format) {
    BaseModel model = baseModel == null ? null : BUNDLED.models.get(baseModel);
    if (model != null && model.format() == format) {
      return model.limits();
    }
    ExampleLimits limits = BUNDLED.formats.get(format);
    if (limits == null) {
      throw new IllegalStateException("base-models.json has no row for " + format);
    }
    return limits;
  }

  /** The limits of a configuration: those it names, else those of its base model and format. */
  public static ExampleLimits limits(AttuneConfig config) {
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

  private static BaseModel model(JsonNode row) {
    JsonNode retiredOn = row.path("retiredOn");
    return new BaseModel(
        row.path("name").asText(),
        OutputFormat.valueOf(row.path("format").asText().toUpperCase(Locale.ROOT)),
        limits(row),
        retiredOn.isTextual() ? LocalDate.parse(retiredOn.textValue()) : null,
        !row.path("functionCalls").asBoolean(true),
        row.path("source").asText(),
        LocalDate.parse(row.path("checkedOn").asText()));
  }

  private static ExampleLimits limits(JsonNode row) {
    JsonNode tokens = row.path("tokens");
    return new ExampleLimits(
        row.path("trainingBytes").asLong(Long.MAX_VALUE),
        row.path("trainingExamples").asLong(Long.MAX_VALUE),
        tokens.isInt() ? (Integer) tokens.intValue() : null);
  }

  private static BaseModels bundled() {
    try (InputStream in = BaseModels.class.getResourceAsStream("base-models.json")) {
      if (in == null) {
        throw new IllegalStateException("base-models.json is not in the jar");
      }
      return new BaseModels(CanonicalJson.read(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
