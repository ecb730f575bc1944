package dev.attune.models.recording;

import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelRequest;

/**
 * Identifies an answer.
 *
 * @param hash SHA-256 of the model (provider, model, address) and of the whole request without its
 *     candidate, as 64 hex digits
 * @param request SHA-256 of the request alone
 * @param ordinal the request's candidate
 */
public record RequestKey(String hash, String request, int ordinal) {
  /** Returns the key of the answer of a model to a request. */
  public static RequestKey of(ModelIdentity model, ModelRequest request) {
    String hash = RequestJson.hash(request);
    return new RequestKey(RequestJson.hash(model, hash), hash, request.candidate());
  }
}
