package dev.attune.launcher.ask;

import dev.attune.models.CachedPrefix;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.ToolDefinition;
import dev.attune.schema.AnswerSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked.
 *
 * @param model as typed
 * @param system the system instruction, or null
 * @param parts texts and files, in order; at least one
 * @param schema of the answer, or null for text
 * @param sampling settings of the answer
 * @param cached content in a context cache that precedes the parts, or null
 */
public record AskedQuestion(
    String model,
    @Nullable String system,
    List<ModelTurn.Part> parts,
    @Nullable AnswerSchema schema,
    Sampling sampling,
    @Nullable CachedPrefix cached) {
  public AskedQuestion {
    parts = List.copyOf(parts);
  }

  /** Returns the first request for it. */
  ModelRequest request(List<ToolDefinition> tools) {
    return new ModelRequest(
        system,
        List.of(new ModelTurn(ModelTurn.Role.USER, parts)),
        tools,
        schema == null ? null : schema.document(),
        sampling,
        cached,
        0);
  }
}
