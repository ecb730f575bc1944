package dev.attune.models;

import java.time.Duration;
import java.util.List;

/** The context caches that a provider keeps for one model. Safe for several threads. */
public interface ContextCaches {
  /**
   * Creates a cache. Sent once: after a lost answer, {@link #list} tells whether it was created.
   *
   * @param label stored with the cache, at most 128 characters
   * @param content system instruction and turns
   * @param lifetime after which the provider deletes it
   */
  ContextCache create(String label, ModelRequest content, Duration lifetime)
      throws ModelException, InterruptedException;

  /** Returns the caches of this model at its address, whoever created them. */
  List<ContextCache> list() throws ModelException, InterruptedException;

  /** Deletes a cache; does nothing if there is none with this name. */
  void delete(ContextCache cache) throws ModelException, InterruptedException;
}
