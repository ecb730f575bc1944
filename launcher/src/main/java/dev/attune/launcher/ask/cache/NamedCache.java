package dev.attune.launcher.ask.cache;

import dev.attune.launcher.session.ModelCaches;
import dev.attune.models.CachedPrefix;
import dev.attune.models.ContextCache;
import java.time.Instant;

/**
 * A context cache with its name.
 *
 * @param owner the model that it is of
 * @param contentHash identifies its content
 */
public record NamedCache(ModelCaches owner, String name, String contentHash, ContextCache cache) {
  /** Returns it as the beginning of a request. */
  CachedPrefix prefix() {
    return new CachedPrefix(cache.name(), contentHash, cache.tokens());
  }

  /** Returns whether the provider deletes it or has deleted it. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(cache.expiresAt());
  }
}
