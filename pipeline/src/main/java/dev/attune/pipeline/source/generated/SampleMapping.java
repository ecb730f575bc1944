package dev.attune.pipeline.source.generated;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.field.Fields;
import dev.attune.pipeline.source.file.field.RecordMapping;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes an example of a generated sample's fields, by the rules of generated-sample.schema.json.
 * The answer is the response or the last turn; a sample's own quality is kept in tenths, rounded
 * half up.
 */
record SampleMapping(@Nullable String system) implements RecordMapping {
  private static final int ID = 0;
  private static final int PROMPT = 1;
  private static final int RESPONSE = 2;
  private static final int TURNS = 3;
  private static final int CATEGORIES = 4;
  private static final int GROUP = 5;
  private static final int SYSTEM = 6;
  private static final int QUALITY = 7;
  private static final int PARENT = 8;
  private static final int MODEL = 9;
  private static final int CREATED_AT = 10;
  private static final List<@Nullable String> NAMES =
      List.of(
          "id",
          "prompt",
          "response",
          "turns",
          "categories",
          "group",
          "system",
          "quality",
          "parent",
          "model",
          "createdAt");
  private static final int FIRST_OPTIONAL = CATEGORIES;

  private static final Set<String> SOURCES =
      Arrays.stream(SourceName.values()).map(SourceName::key).collect(Collectors.toSet());

  private static final String QUALITY_RANGE = "a number from 0 to 10";
  private static final BigDecimal MOST = BigDecimal.TEN;

  /** A lower quality is 0.0; rounding a number like 1e-999999999 would make all its digits. */
  private static final BigDecimal LEAST = new BigDecimal("0.05");

  @Override
  public List<@Nullable String> names() {
    return NAMES;
  }

  @Override
  public boolean refusesOtherNames() {
    return true;
  }

  @Override
  public Example example(String id, String location, Fields fields) {
    fields.requireId(ID);
    refuseNullsAndEmpty(fields);
    String ownSystem = fields.text(SYSTEM);
    fields.text(MODEL);
    List<Turn> turns = fields.value(TURNS) == null ? promptAndResponse(fields) : turns(fields);
    return new Example(
        id,
        SourceName.GENERATED,
        location,
        fields.text(GROUP),
        parent(fields),
        fields.time(CREATED_AT),
        new ExampleLine(ownSystem == null ? system : ownSystem, turns),
        categories(fields),
        quality(fields));
  }

  /** Reports optional keys that are present without a value. */
  private static void refuseNullsAndEmpty(Fields fields) {
    for (int place = FIRST_OPTIONAL; place < NAMES.size(); place++) {
      JsonNode value = fields.value(place);
      if (value != null && (value.isNull() || (value.isTextual() && value.asText().isEmpty()))) {
        String found = value.isNull() ? "null" : "an empty text";
        fields.schema(String.valueOf(NAMES.get(place)), "a value or no such key, found " + found);
      }
    }
  }

  private static List<Turn> promptAndResponse(Fields fields) {
    return List.of(
        Turn.user(fields.requiredText(PROMPT)), Turn.model(fields.requiredText(RESPONSE)));
  }

  private static List<Turn> turns(Fields fields) {
    JsonNode value = Objects.requireNonNull(fields.value(TURNS));
    List<Turn> turns = new ArrayList<>();
    if (value.isNull()) {
      fields.missing("turns");
    } else if (!value.isArray()) {
      fields.schema("turns", "a list of turns", value);
    } else if (value.isEmpty() || value.size() % 2 != 0) {
      fields.schema(
          "turns", "user and model in turns, model at the end, found a list of " + value.size());
    } else {
      for (int i = 0; i < value.size(); i++) {
        turns.add(turn(value.get(i), i, fields));
      }
    }
    if (fields.value(PROMPT) != null || fields.value(RESPONSE) != null) {
      fields.schema("turns", "either turns or prompt and response");
    }
    return turns;
  }

  private static Turn turn(JsonNode value, int number, Fields fields) {
    String field = "turns[" + number + "]";
    JsonNode role = value.path("role");
    JsonNode text = value.path("text");
    boolean user = number % 2 == 0;
    if (isNone(text)) {
      fields.missing(field + ".text");
    }
    if (isNone(role)) {
      fields.missing(field + ".role");
    } else if (!role.asText().equals(user ? "user" : "model")) {
      fields.schema(field + ".role", "\"" + (user ? "user" : "model") + "\"");
    }
    if (!value.isObject()) {
      fields.schema(field, "an object with role and text", value);
    } else if (!text.isTextual()) {
      fields.schema(field + ".text", "text", text);
    } else if (value.size() > 2) {
      fields.schema(field, "role and text alone, found " + value.size() + " keys");
    }
    return user ? Turn.user(text.asText()) : Turn.model(text.asText());
  }

  private static boolean isNone(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && NormalForm.isBlank(value.textValue()));
  }

  private static @Nullable String parent(Fields fields) {
    String parent = fields.text(PARENT);
    if (parent != null) {
      int colon = parent.indexOf(':');
      boolean full = colon >= 0 && colon + 1 < parent.length();
      if (!full || !SOURCES.contains(parent.substring(0, colon))) {
        fields.schema("parent", "a full id such as feedback:17");
      }
    }
    return parent;
  }

  private static List<String> categories(Fields fields) {
    JsonNode value = fields.value(CATEGORIES);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      fields.schema("categories", "a list of texts", value);
      return List.of();
    }
    List<String> categories = fields.list(CATEGORIES, "");
    if (categories.size() != value.size()) {
      fields.schema("categories", "a list of texts that are not blank");
    }
    return categories;
  }

  private static @Nullable Quality quality(Fields fields) {
    JsonNode value = fields.value(QUALITY);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      fields.schema("quality", QUALITY_RANGE, value);
      return null;
    }
    BigDecimal quality = value.decimalValue();
    if (quality.signum() < 0 || quality.compareTo(MOST) > 0) {
      fields.schema("quality", QUALITY_RANGE);
      return null;
    }
    BigDecimal tenths =
        quality.compareTo(LEAST) < 0
            ? BigDecimal.ZERO
            : quality.movePointRight(1).setScale(0, RoundingMode.HALF_UP);
    return new Quality(tenths.intValueExact(), 0, true);
  }
}
