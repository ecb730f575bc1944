package dev.attune.pipeline.extending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.util.List;

/** Writes {@code {"prompt":"...","completion":"..."}}: one question and one answer, no media. */
final class PromptCompletionFormat implements ExampleFormat {
  private static final long serialVersionUID = 1L;
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public byte[] encode(ExampleLine line) {
    List<Turn> turns = line.turns();
    if (line.system() != null || turns.size() != 2 || turns.get(0).role() != Role.USER) {
      throw new IllegalArgumentException("the format holds one question and one answer");
    }
    try {
      return JSON.writeValueAsBytes(
          JSON.createObjectNode()
              .put("prompt", turns.get(0).text())
              .put("completion", turns.get(1).text()));
    } catch (IOException e) {
      throw new IllegalArgumentException("the texts are not Unicode", e);
    }
  }

  @Override
  public ExampleLine decode(byte[] line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (json.size() != 2
          || !json.path("prompt").isTextual()
          || !json.path("completion").isTextual()) {
        throw new ExampleFormatException("The line has not exactly a prompt and a completion.");
      }
      return new ExampleLine(
          null,
          List.of(
              Turn.user(json.get("prompt").textValue()),
              Turn.model(json.get("completion").textValue())));
    } catch (IOException e) {
      throw new ExampleFormatException("The line is not JSON.", e);
    }
  }

  @Override
  public boolean supportsMedia(String uri) {
    return false;
  }
}
