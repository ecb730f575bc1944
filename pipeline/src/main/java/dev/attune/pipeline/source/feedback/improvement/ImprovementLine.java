package dev.attune.pipeline.source.feedback.improvement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.attune.bytes.Utf8;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.text.NormalForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One line of an improvements file: {@code id}, a text or a whole number; {@code response}, a text
 * that is not blank; and optionally {@code basis}, {@link FeedbackRow#basis} of the row, and {@code
 * model}, a text. Other keys are skipped, whatever their value.
 */
record ImprovementLine(String id, @Nullable String basis, String response) {
  private static final int BASIS_DIGITS = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /** A line is not an improvement. The message says why and quotes nothing. */
  static final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    FaultException(String fault) {
      super(fault);
    }
  }

  static ImprovementLine parse(String line) throws FaultException {
    try (JsonParser json = JSON.createParser(line)) {
      ImprovementLine improvement = object(json);
      if (json.nextToken() != null) {
        throw new FaultException(Messages.of("pipeline.improvement.trailing"));
      }
      return improvement;
    } catch (JsonProcessingException e) {
      throw new FaultException(Messages.of("pipeline.improvement.not-json"));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a string cannot fail", e);
    }
  }

  private static ImprovementLine object(JsonParser json) throws IOException, FaultException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new FaultException(Messages.of("pipeline.improvement.not-object"));
    }
    String id = null;
    String basis = null;
    String response = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "id" ->
            id = value == JsonToken.VALUE_NUMBER_INT ? json.getText() : text(json, value, key);
        case "response" -> response = text(json, value, key);
        case "basis" -> basis = basis(text(json, value, key));
        case "model" -> text(json, value, key);
        default -> json.skipChildren();
      }
    }
    return new ImprovementLine(required(id, "id"), basis, required(response, "response"));
  }

  private static String text(JsonParser json, JsonToken value, String key)
      throws IOException, FaultException {
    if (value != JsonToken.VALUE_STRING) {
      throw new FaultException(Messages.of("pipeline.improvement.not-text", key));
    }
    String text = json.getText();
    if (Utf8.hasLoneSurrogate(text)) {
      throw new FaultException(Messages.of("pipeline.improvement.half-pair", key));
    }
    return text;
  }

  private static String basis(String text) throws FaultException {
    boolean digits = text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (!digits || text.length() != BASIS_DIGITS) {
      throw new FaultException(Messages.of("pipeline.improvement.basis"));
    }
    return text;
  }

  private static String required(@Nullable String value, String key) throws FaultException {
    if (value == null || NormalForm.isBlank(value)) {
      throw new FaultException(Messages.of("pipeline.improvement.missing", key));
    }
    return value;
  }
}
