package dev.attune.pipeline.accounting;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The number of replaced places in texts, by kind. Like a {@link Tally} it is an output of a stage,
 * so that a retried bundle is counted once.
 *
 * @param counts above 0, in the order of the kinds
 */
public record Redactions(Map<PersonalKind, Long> counts) implements Serializable {
  /** No replaced places. */
  public static final Redactions NONE = new Redactions(Map.of());

  public Redactions {
    EnumMap<PersonalKind, Long> copy = new EnumMap<>(PersonalKind.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  /** Returns the sum of both. */
  public Redactions plus(Redactions other) {
    if (isEmpty()) {
      return other;
    }
    EnumMap<PersonalKind, Long> sum = new EnumMap<>(PersonalKind.class);
    sum.putAll(counts);
    other.counts.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return new Redactions(sum);
  }

  private boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Returns the number for a kind. */
  public long of(PersonalKind kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
