package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How an API writes requests and answers. */
interface WireFormat {
  /**
   * Reads a request.
   *
   * @param path of the call
   * @param key of the caller; empty without one
   */
  ModelPrompt prompt(String path, String key, JsonNode body);

  /** Writes a whole answer. */
  JsonNode answer(ModelPrompt prompt, ScriptedAnswer answer);

  /** Writes a stream: the events in order. The last ones have the ending and the usage. */
  List<String> events(ModelPrompt prompt, ScriptedAnswer answer);

  /** Writes an error. */
  JsonNode error(ModelFaults.ApiError error);
}
