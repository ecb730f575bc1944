package dev.attune.pipeline.accounting;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many places in texts were replaced, by kind. Like a {@link Tally} it travels beside the
 * records, so that a bundle that is tried again counts once.
 *
 * @param counts above 0, in the order of the kinds
 */
public record Redactions(Map<PersonalKind, Long> counts) implements Serializable {
  /** Nothing was replaced. */
  public static final Redactions NONE = new Redactions(Map.of());

  public Redactions {
    EnumMap<PersonalKind, Long> copy = new EnumMap<>(PersonalKind.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  /** The two together. */
  public Redactions plus(Redactions other) {
    if (isEmpty()) {
      return other;
    }
    EnumMap<PersonalKind, Long> sum = new EnumMap<>(PersonalKind.class);
    sum.putAll(counts);
    other.counts.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return new Redactions(sum);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** How many of this kind. */
  public long of(PersonalKind kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
