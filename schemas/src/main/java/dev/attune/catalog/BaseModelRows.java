package dev.attune.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.BaseModel.Lifetime;
import dev.attune.catalog.BaseModel.Price;
import dev.attune.catalog.BaseModel.Prices;
import dev.attune.catalog.BaseModel.Tuning;
import dev.attune.config.OutputFormat;
import dev.attune.message.Messages;
import dev.attune.schema.CanonicalJson;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts a valid document of base-models.schema.json into records. */
final class BaseModelRows {
  private static final String[] DATES = {
    "/checkedOn",
    "/retiredOn",
    "/mayRetireFrom",
    "/noTuningFrom",
    "/price/checkedOn",
    "/askingPrice/checkedOn"
  };

  private BaseModelRows() {}

  /** Returns the faults that the schema cannot express, as sentences with JSON pointers. */
  static List<String> faults(JsonNode document) {
    List<String> faults = new ArrayList<>();
    document
        .path("formats")
        .properties()
        .forEach(
            row -> {
              String pointer = "/formats/" + row.getKey();
              date(row.getValue(), pointer, "/checkedOn", faults);
              date(row.getValue(), pointer, "/noTuningFrom", faults);
            });
    Set<String> names = new HashSet<>();
    for (int i = 0; i < document.path("models").size(); i++) {
      JsonNode row = document.path("models").path(i);
      String pointer = "/models/" + i;
      if (!names.add(row.path("name").asText())) {
        faults.add(Messages.of("schemas.base-models.twice", pointer));
      }
      for (String date : DATES) {
        date(row, pointer, date, faults);
      }
      List<String> regions = CanonicalJson.texts(row.path("tuneIn"));
      for (String region : (Iterable<String>) row.path("serveFrom")::fieldNames) {
        if (!regions.contains(region)) {
          faults.add(Messages.of("schemas.base-models.region", pointer));
        }
      }
    }
    return faults;
  }

  private static void date(JsonNode row, String pointer, String key, List<String> faults) {
    JsonNode text = row.at(key);
    if (!text.isTextual()) {
      return;
    }
    try {
      LocalDate.parse(text.textValue());
    } catch (DateTimeParseException e) {
      faults.add(Messages.of("schemas.base-models.date", pointer + key));
    }
  }

  static BaseModel model(JsonNode row) {
    return new BaseModel(
        row.path("name").asText(),
        OutputFormat.valueOf(row.path("format").asText().toUpperCase(Locale.ROOT)),
        limits(row),
        tuning(row),
        new Prices(price(row.path("price")), askingPrice(row.path("askingPrice"))),
        new Lifetime(
            row.path("preview").asBoolean(),
            day(row.path("retiredOn")),
            day(row.path("mayRetireFrom")),
            day(row.path("noTuningFrom"))),
        !row.path("functionCalls").asBoolean(true),
        row.path("source").asText(),
        LocalDate.parse(row.path("checkedOn").asText()));
  }

  static ExampleLimits limits(JsonNode row) {
    JsonNode tokens = row.path("tokens");
    return new ExampleLimits(
        row.path("trainingBytes").asLong(Long.MAX_VALUE),
        row.path("trainingExamples").asLong(Long.MAX_VALUE),
        tokens.isNumber() ? (Integer) tokens.intValue() : null);
  }

  private static Tuning tuning(JsonNode row) {
    Map<String, String> served = new LinkedHashMap<>();
    row.path("serveFrom")
        .properties()
        .forEach(entry -> served.put(entry.getKey(), entry.getValue().asText()));
    List<Integer> sizes = new ArrayList<>();
    row.path("adapterSizes").forEach(size -> sizes.add(size.intValue()));
    return new Tuning(CanonicalJson.texts(row.path("tuneIn")), served, sizes);
  }

  private static @Nullable Price price(JsonNode row) {
    return row.isObject()
        ? new Price(
            row.path("usdPerMillionTrainingTokens").decimalValue(),
            row.path("source").asText(),
            LocalDate.parse(row.path("checkedOn").asText()))
        : null;
  }

  private static @Nullable AskingPrice askingPrice(JsonNode row) {
    JsonNode times = row.path("tunedTimes");
    return row.isObject()
        ? new AskingPrice(
            row.path("usdPerMillionInputTokens").decimalValue(),
            row.path("usdPerMillionOutputTokens").decimalValue(),
            times.isNumber() ? times.decimalValue() : BigDecimal.ONE,
            row.path("source").asText(),
            LocalDate.parse(row.path("checkedOn").asText()))
        : null;
  }

  static @Nullable LocalDate day(JsonNode text) {
    return text.isTextual() ? LocalDate.parse(text.textValue()) : null;
  }
}
