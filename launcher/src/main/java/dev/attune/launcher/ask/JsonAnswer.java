package dev.attune.launcher.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.message.Messages;
import dev.attune.schema.AnswerSchema;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is checked against a JSON Schema. A code fence around the whole answer is ignored.
 *
 * @param text without a code fence around the whole answer
 * @param value null if it is not JSON
 * @param faults what is wrong with it, without quoting it; empty for a valid answer
 */
record JsonAnswer(String text, @Nullable JsonNode value, List<String> faults) {
  private static final Pattern FENCED =
      Pattern.compile("\\s*```(?:json)?\\s*\\R(.*?)\\s*```\\s*", Pattern.DOTALL);
  private static final int MOST_FAULTS = 10;

  JsonAnswer {
    faults = List.copyOf(faults);
  }

  /** Checks the text of an answer. */
  static JsonAnswer of(String text, AnswerSchema schema) {
    Matcher fenced = FENCED.matcher(text);
    String json = fenced.matches() ? fenced.group(1) : text;
    try {
      JsonNode value = CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8));
      if (value.isMissingNode()) {
        return new JsonAnswer(json, null, List.of(Messages.of("launcher.ask.json-empty")));
      }
      return new JsonAnswer(
          json,
          value,
          schema.faults(value).stream().limit(MOST_FAULTS).map(SchemaFault::toString).toList());
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      return new JsonAnswer(
          json, null, List.of(Messages.of("launcher.ask.not-json", line, column)));
    }
  }
}
