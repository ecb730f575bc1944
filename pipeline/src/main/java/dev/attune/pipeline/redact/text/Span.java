package dev.attune.pipeline.redact.text;

import dev.attune.pipeline.accounting.PersonalKind;
import java.util.Comparator;

/** A place in a text, in UTF-16 units, the end excluded. */
public record Span(int start, int end, PersonalKind kind) {
  /** Of two that overlap the first in this order counts. */
  public static final Comparator<Span> PRECEDENCE =
      Comparator.comparingInt(Span::length)
          .reversed()
          .thenComparingInt(Span::start)
          .thenComparing(Span::kind);

  public int length() {
    return end - start;
  }
}
