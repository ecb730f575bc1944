package dev.attune.models;

import java.util.Optional;

/** An adapter whose provider has context caches. */
public interface CachingModel extends TextModel {
  /** Returns the caches of this model, which end with it; empty if this model has none. */
  Optional<ContextCaches> caches();
}
