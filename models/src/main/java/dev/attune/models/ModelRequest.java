package dev.attune.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model.
 *
 * @param system the system instruction, or null
 * @param turns the conversation so far; the last one is the user's, or has the results of tools
 * @param tools the functions that the model may call
 * @param schema JSON Schema of the answer, or null for text
 * @param sampling settings of the answer
 * @param cached content in a cache of the provider that precedes the turns, or null
 * @param candidate number of this answer among several to the same request, from 0; not sent
 */
public record ModelRequest(
    @Nullable String system,
    List<ModelTurn> turns,
    List<ToolDefinition> tools,
    @Nullable JsonNode schema,
    Sampling sampling,
    @Nullable CachedPrefix cached,
    int candidate) {

  public ModelRequest {
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
  }

  /** Returns a request of one user turn with text. */
  public static ModelRequest of(@Nullable String system, String text, Sampling sampling) {
    return new ModelRequest(
        system, List.of(ModelTurn.user(text)), List.of(), null, sampling, null, 0);
  }

  public ModelRequest withSchema(JsonNode answer) {
    return new ModelRequest(system, turns, tools, answer, sampling, cached, candidate);
  }

  public ModelRequest withTurns(List<ModelTurn> all) {
    return new ModelRequest(system, all, tools, schema, sampling, cached, candidate);
  }

  public ModelRequest withTools(List<ToolDefinition> offered) {
    return new ModelRequest(system, turns, offered, schema, sampling, cached, candidate);
  }

  public ModelRequest withCached(CachedPrefix prefix) {
    return new ModelRequest(system, turns, tools, schema, sampling, prefix, candidate);
  }

  public ModelRequest withCandidate(int number) {
    return new ModelRequest(system, turns, tools, schema, sampling, cached, number);
  }
}
