package dev.attune.pipeline.source.file.field;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
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
 * The mapped fields of one record, and the fault for which it is rejected: of all faults reported,
 * the one whose reason comes first in {@link RejectionReason}, and of those the first field. So a
 * mapping need not look for faults in their order. Once a fault is reported, the mapping's example
 * is not used.
 *
 * <p>A field is named by its index in {@link RecordMapping#names}. Null, absent and blank are the
 * same.
 */
public final class Fields {
  private final List<@Nullable String> names;
  private final @Nullable JsonNode[] values;
  private @Nullable RejectionReason reason;
  private @Nullable String faultyField;
  private @Nullable String note;
  private @Nullable String unknownKey;

  public Fields(List<@Nullable String> names) {
    this.names = names;
    this.values = new @Nullable JsonNode[names.size()];
  }

  public void clear() {
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
   * Sets every field that this name is mapped to.
   *
   * @return false if it was set before
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

  /** Returns the value in the file, or null if it is absent; JSON's null is a null node. */
  public @Nullable JsonNode value(int place) {
    return values[place];
  }

  /** Returns a text or whole number, or null if there is none. */
  public @Nullable String id(int place) {
    JsonNode value = values[place];
    return value != null && value.isIntegralNumber() ? value.asText() : text(place);
  }

  /** Reports a missing id. An id of another type was reported when it was read. */
  public void requireId(int place) {
    if (id(place) == null && isTextOrNone(values[place])) {
      missing(name(place));
    }
  }

  /** Returns a text, or null if there is none. */
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

  /** Returns a text; reports a missing one and returns an empty text. */
  public String requiredText(int place) {
    String text = text(place);
    if (text == null && isTextOrNone(values[place])) {
      missing(name(place));
    }
    return text == null ? "" : text;
  }

  /**
   * Returns texts, trimmed and without blank ones: those of an array, or the parts of one text.
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

  /** Returns the texts as {@link #list} does, and reports an empty list. */
  public List<String> requiredList(int place, String separator) {
    List<String> list = list(place, separator);
    JsonNode value = values[place];
    if (list.isEmpty() && (isTextOrNone(value) || isTexts(value))) {
      missing(name(place));
    }
    return list;
  }

  /** Returns the microseconds since 1970 of an ISO-8601 text, or {@link Example#NO_TIME}. */
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

  /** Reports a required field that is absent, null or blank. */
  public void missing(String field) {
    report(RejectionReason.MISSING_FIELD, field);
  }

  /**
   * Reports a field with another structure or value than expected.
   *
   * @param expected what it should be
   */
  public void schema(String field, String expected) {
    report(RejectionReason.SCHEMA_VIOLATION, field, "Expected " + expected + ".");
  }

  /**
   * Reports a field of another type than expected.
   *
   * @param expected what it should be
   * @param found the value, of which only the type is reported
   */
  public void schema(String field, String expected, JsonNode found) {
    report(
        RejectionReason.SCHEMA_VIOLATION,
        field,
        "Expected " + expected + ", found " + JsonKind.of(found) + ".");
  }

  /** Reports a key that is not allowed. The first one is named in the detail. */
  void unknownKey(String key) {
    if (unknownKey == null) {
      unknownKey = key;
    }
    report(RejectionReason.SCHEMA_VIOLATION, null);
  }

  public void report(RejectionReason found, @Nullable String field) {
    report(found, field, null);
  }

  /**
   * Reports a fault.
   *
   * @param field at fault, or null for the record as a whole
   * @param sentence with further detail, without the record's text; or null
   */
  public void report(RejectionReason found, @Nullable String field, @Nullable String sentence) {
    if (reason == null || found.compareTo(reason) < 0) {
      reason = found;
      faultyField = field;
      note = sentence;
    }
  }

  /** Returns why the record is rejected, or null if no fault was reported. */
  public @Nullable RejectionReason reason() {
    return reason;
  }

  /** Returns the reason's sentence, the field at fault and further detail, never the text. */
  public String detail() {
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

  /** Returns whether the record could not be parsed, so that only its bytes identify it. */
  boolean unparsed() {
    return reason != null && reason.compareTo(RejectionReason.MALFORMED_RECORD) <= 0;
  }

  /** Returns the bytes that represent the fields in hashes; absent and blank are the same. */
  public byte[][] hashed() {
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
