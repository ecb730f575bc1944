package dev.attune.models.genai;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.CachedContent;
import com.google.genai.types.CachedContentUsageMetadata;
import com.google.genai.types.DeleteCachedContentConfig;
import com.google.genai.types.ListCachedContentsConfig;
import dev.attune.models.ContextCache;
import dev.attune.models.ContextCaches;
import dev.attune.models.ModelException;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The context caches of a Gemini model, on Vertex AI or of the Gemini API. */
final class GenAiCaches implements ContextCaches {
  private static final ModelRequest NO_TEXTS =
      new ModelRequest(null, List.of(), List.of(), null, Sampling.DEFAULT, null, 0);
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final Client client;
  private final TracedCalls calls;
  private final GenAiFaults faults;
  private final String model;

  GenAiCaches(Client client, TracedCalls calls, GenAiFaults faults, String model) {
    this.client = client;
    this.calls = calls;
    this.faults = faults;
    this.model = model;
  }

  @Override
  public ContextCache create(String label, ModelRequest content, Duration lifetime)
      throws ModelException, InterruptedException {
    CallTrace trace = new CallTrace();
    try {
      List<CachedContent> created =
          run(
              trace,
              parts ->
                  parts.accept(
                      client.caches.create(model, GenAiRequests.cache(label, content, lifetime))));
      if (created.isEmpty() || created.get(0).name().isEmpty()) {
        throw faults.service().unreadable();
      }
      return cache(created.get(0));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ApiException refused
              && refused.code() == BAD_REQUEST
              && !GenAiFaults.isWrongKey(refused)
          ? faults.service().notCached(GenAiFaults.said(refused, content))
          : faults.of(e.getCause(), trace, content);
    }
  }

  @Override
  public List<ContextCache> list() throws ModelException, InterruptedException {
    CallTrace trace = new CallTrace();
    try {
      return run(
              trace,
              (TracedCalls.Source<CachedContent>)
                  parts ->
                      client.caches.list(ListCachedContentsConfig.builder().build()).forEach(parts))
          .stream()
          .filter(each -> each.name().isPresent() && isOfModel(each))
          .map(GenAiCaches::cache)
          .toList();
    } catch (ExecutionException e) {
      throw faults.of(e.getCause(), trace, NO_TEXTS);
    }
  }

  @Override
  public void delete(ContextCache cache) throws ModelException, InterruptedException {
    CallTrace trace = new CallTrace();
    try {
      run(
          trace,
          parts ->
              parts.accept(
                  client.caches.delete(cache.name(), DeleteCachedContentConfig.builder().build())));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ApiException refused) || refused.code() != NOT_FOUND) {
        throw faults.of(e.getCause(), trace, NO_TEXTS);
      }
    }
  }

  private <T> List<T> run(CallTrace trace, TracedCalls.Source<T> source)
      throws ExecutionException, InterruptedException {
    List<T> parts = new ArrayList<>();
    calls.run(source, trace, parts::add);
    return parts;
  }

  /** Returns whether a cache is of this model, which the service names with a path. */
  private boolean isOfModel(CachedContent cache) {
    String named = cache.model().orElse("");
    return named.equals(model)
        || named.endsWith("/models/" + model)
        || named.equals("models/" + model);
  }

  private static ContextCache cache(CachedContent known) {
    return new ContextCache(
        known.name().orElse(""),
        known.displayName().orElse(""),
        known.usageMetadata().flatMap(CachedContentUsageMetadata::totalTokenCount).orElse(0),
        known.createTime().orElse(Instant.EPOCH),
        known.expireTime().orElse(Instant.MAX));
  }
}
