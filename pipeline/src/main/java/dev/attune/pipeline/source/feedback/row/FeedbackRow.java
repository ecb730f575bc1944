package dev.attune.pipeline.source.feedback.row;

import dev.attune.pipeline.source.FieldHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row: its mapped columns as text, null if the column is NULL or not mapped. Times are in UTC;
 * a JSON string is the text in it.
 *
 * @param structured a bit for each field in the order of {@link #fields}: set if the column has a
 *     JSON object or array, which the field then is as text
 */
public record FeedbackRow(
    @Nullable String id,
    @Nullable String group,
    @Nullable String prompt,
    @Nullable String response,
    @Nullable String rating,
    @Nullable String comment,
    @Nullable String createdAt,
    int structured) {
  /** Returns the mapped columns in the order of their hash, which never changes. */
  List<@Nullable String> fields() {
    return Arrays.asList(id, group, prompt, response, rating, comment, createdAt);
  }

  /** Returns the number of characters of all fields. */
  public long characters() {
    long characters = 0;
    for (String field : fields()) {
      characters += field == null ? 0 : field.length();
    }
    return characters;
  }

  /**
   * Returns the {@code basis} of an improvement of this row: the {@link FieldHash} of id, group,
   * prompt, response, rating, comment and createdAt in this order, as UTF-8 before redaction, null
   * if NULL or not mapped. Another mapping of columns gives another basis. A row without an id has
   * this hash as its id.
   */
  public String basis() {
    return FieldHash.hex(
        fields().stream()
            .map(field -> field == null ? null : field.getBytes(StandardCharsets.UTF_8))
            .toList());
  }
}
