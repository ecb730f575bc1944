package dev.attune.pipeline.redact.text;

import java.util.function.Consumer;

/**
 * Finds one kind of personal data: a scan for shapes, and a library that says which of them are
 * meant. Linear in the length of the text, whatever stands in it. Thread-safe.
 */
public interface Finder {
  /** Whether a text of such characters is worth looking through. */
  boolean mayHold(Glance glance);

  /**
   * Tells of every place; they may overlap.
   *
   * @param text folded
   * @param digits of the text
   */
  void find(String text, DigitRuns digits, Consumer<Span> found);
}
