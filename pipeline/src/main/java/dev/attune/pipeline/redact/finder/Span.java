package dev.attune.pipeline.redact.finder;

import dev.attune.pipeline.accounting.PersonalKind;
import java.util.Comparator;

/** A place in a text, in UTF-16 units. The end is exclusive. */
public record Span(int start, int end, PersonalKind kind) {
  /** Orders spans by precedence: if two spans overlap, only the first in this order is replaced. */
  public static final Comparator<Span> PRECEDENCE =
      Comparator.comparingInt(Span::length)
          .reversed()
          .thenComparingInt(Span::start)
          .thenComparing(Span::kind);

  private int length() {
    return end - start;
  }
}
