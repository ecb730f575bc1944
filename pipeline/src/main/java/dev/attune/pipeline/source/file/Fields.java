package dev.attune.pipeline.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectionReason;
import dev.attune.pipeline.source.IsoTime;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.schema.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mapped fields of one record, and what is wrong with them: of all that is reported, the reason
 * that comes first in {@link RejectionReason}, and of that the first field. So a mapping need not
 * look for faults in their order; where one is reported, what it makes of the record is not used.
 *
 * <p>Fields are asked for by their place in {@link RecordMapping#names}. Null and absent are the
 * same, and so is blank.
 */
public final class Fields {
  private final List<@Nullable String> names;
  private final @Nullable JsonNode[] values;
  private @Nullable RejectionReason reason;
  private @Nullable String faultyField;
  private @Nullable String note;
  private @Nullable String unknownKey;

  Fields(List<@Nullable String> names) {
    this.names = names;
    this.values = new @Nullable JsonNode[names.size()];
  }

  void clear() {
    Arrays.fill(values, null);
    reason = null;
    faultyField = null;
    note = null;
    unknownKey = null;
  }

  List<@Nullable String> names() {
    return names;
  }

  /**
   * Sets every place that this name is mapped to.
   *
   * @return false where it was set before
   */
  boolean set(String name, JsonNode value) {
    int first = names.indexOf(name);
    boolean fresh = values[first] == null;
    for (int place = first; place < values.length; place++) {
      if (name.equals(names.get(place))) {
        values[place] = value;
      }
    }
    return fresh;
  }

  /** As the file holds it; null where it is absent, a null node where it is null. */
  public @Nullable JsonNode value(int place) {
    return values[place];
  }

  /** Text or whole number; null where there is none. */
  public @Nullable String id(int place) {
    JsonNode value = values[place];
    return value != null && value.isIntegralNumber() ? value.asText() : text(place);
  }

  /** Reports an id that is not there; one of another type was reported when it was read. */
  public void requireId(int place) {
    if (id(place) == null && isTextOrNone(values[place])) {
      missing(name(place));
    }
  }

  /** Text; null where there is none. */
  public @Nullable String text(int place) {
    JsonNode value = values[place];
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      schema(name(place), "text", value);
      return null;
    }
    String text = value.textValue();
    return NormalForm.isBlank(text) ? null : text;
  }

  /** Text that must be there; empty where there is none. */
  public String requiredText(int place) {
    String text = text(place);
    if (text == null && isTextOrNone(values[place])) {
      missing(name(place));
    }
    return text == null ? "" : text;
  }

  /**
   * Texts, each trimmed and none of them blank: those of an array, or the parts of one text.
   *
   * @param separator between the parts of one text
   */
  public List<String> list(int place, String separator) {
    List<String> list = new ArrayList<>();
    JsonNode value = values[place];
    if (value == null || value.isNull()) {
      return list;
    }
    if (value.isTextual()) {
      addParts(value.textValue(), separator, list);
    } else if (value.isArray()) {
      for (JsonNode item : value) {
        if (item.isTextual()) {
          addTrimmed(item.textValue(), list);
        } else {
          schema(name(place), "a list of texts", item);
        }
      }
    } else {
      schema(name(place), "text or a list of texts", value);
    }
    return list;
  }

  /** As {@link #list}, and it must not be empty. */
  public List<String> requiredList(int place, String separator) {
    List<String> list = list(place, separator);
    JsonNode value = values[place];
    if (list.isEmpty() && (isTextOrNone(value) || isTexts(value))) {
      missing(name(place));
    }
    return list;
  }

  /** Microseconds since 1970 of an ISO-8601 text; {@link Example#NO_TIME} where there is none. */
  public long time(int place) {
    JsonNode value = values[place];
    if (value != null && !value.isNull() && !value.isTextual()) {
      schema(name(place), IsoTime.EXPECTED, value);
      return Example.NO_TIME;
    }
    String text = text(place);
    if (text == null) {
      return Example.NO_TIME;
    }
    long time = IsoTime.micros(text);
    if (time == IsoTime.INVALID) {
      schema(name(place), IsoTime.EXPECTED);
    }
    return time;
  }

  /** A required field is absent, null or blank. */
  public void missing(String field) {
    report(RejectionReason.MISSING_FIELD, field);
  }

  /**
   * A field has another shape or value than it should.
   *
   * @param expected what it should be
   */
  public void schema(String field, String expected) {
    report(RejectionReason.SCHEMA_VIOLATION, field, "Expected " + expected + ".");
  }

  /**
   * A field has another type than it should.
   *
   * @param expected what it should be
   * @param found what stands there, of which only the type is told
   */
  public void schema(String field, String expected, JsonNode found) {
    report(
        RejectionReason.SCHEMA_VIOLATION,
        field,
        "Expected " + expected + ", found " + JsonKind.of(found) + ".");
  }

  /** The record has a key that it must not have. Of several the first is told. */
  void unknownKey(String key) {
    if (unknownKey == null) {
      unknownKey = key;
    }
    report(RejectionReason.SCHEMA_VIOLATION, null);
  }

  void report(RejectionReason found, @Nullable String field) {
    report(found, field, null);
  }

  /**
   * Something is wrong.
   *
   * @param field that it concerns, or null for the record as a whole
   * @param sentence what more there is to say, without the record's text; or null
   */
  void report(RejectionReason found, @Nullable String field, @Nullable String sentence) {
    if (reason == null || found.compareTo(reason) < 0) {
      reason = found;
      faultyField = field;
      note = sentence;
    }
  }

  /** The first reason to reject it, or null. */
  @Nullable RejectionReason reason() {
    return reason;
  }

  /** The reason's sentence, the field at fault and what else is known; never the record's text. */
  String detail() {
    RejectionReason first = Objects.requireNonNull(reason);
    StringBuilder detail = new StringBuilder(first.sentence());
    if (faultyField != null) {
      detail.append(" Field: ").append(faultyField).append('.');
    }
    if (note != null) {
      detail.append(' ').append(note);
    }
    boolean aboutKeys =
        first == RejectionReason.MISSING_FIELD
            || (first == RejectionReason.SCHEMA_VIOLATION && faultyField == null);
    if (unknownKey != null && aboutKeys) {
      detail.append(" Unknown key: \"").append(Printable.shortened(unknownKey)).append("\".");
    }
    return detail.toString();
  }

  /** Whether only its bytes can stand for the record: it was not parsed. */
  boolean unparsed() {
    return reason != null && reason.compareTo(RejectionReason.MALFORMED_RECORD) <= 0;
  }

  /** What stands for the fields in hashes; what is absent and what is blank is the same. */
  byte[][] hashed() {
    byte[][] hashed = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = values[i];
      String text = value == null || value.isNull() ? "" : value.asText();
      if (value != null && value.isContainerNode()) {
        text = value.toString();
      }
      hashed[i] = NormalForm.isBlank(text) ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
    return hashed;
  }

  private String name(int place) {
    String name = names.get(place);
    return name == null ? "" : name;
  }

  private static boolean isTextOrNone(@Nullable JsonNode value) {
    return value == null || value.isNull() || value.isTextual();
  }

  private static boolean isTexts(JsonNode value) {
    boolean texts = value.isArray();
    for (JsonNode item : value) {
      texts &= item.isTextual();
    }
    return texts;
  }

  private static void addParts(String text, String separator, List<String> list) {
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      addTrimmed(text.substring(start, end), list);
      start = end + separator.length();
    }
    addTrimmed(text.substring(start), list);
  }

  private static void addTrimmed(String part, List<String> list) {
    String trimmed = part.strip();
    if (!trimmed.isEmpty()) {
      list.add(trimmed);
    }
  }
}
