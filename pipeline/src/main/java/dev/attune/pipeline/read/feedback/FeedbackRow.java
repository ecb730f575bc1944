package dev.attune.pipeline.read.feedback;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row, its mapped columns as text, null where the column is NULL or not mapped. */
record FeedbackRow(
    @Nullable String id,
    @Nullable String group,
    @Nullable String prompt,
    @Nullable String response,
    @Nullable String rating,
    @Nullable String comment,
    @Nullable String createdAt) {

  /** The mapped columns in the order that hashes of them have for ever. */
  List<@Nullable String> fields() {
    return Arrays.asList(id, group, prompt, response, rating, comment, createdAt);
  }

  /** How many characters all of them have. */
  long characters() {
    long characters = 0;
    for (String field : fields()) {
      characters += field == null ? 0 : field.length();
    }
    return characters;
  }
}
