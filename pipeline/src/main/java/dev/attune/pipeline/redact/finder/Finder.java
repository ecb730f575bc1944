package dev.attune.pipeline.redact.finder;

import java.util.function.Consumer;

/**
 * Finds one kind of personal data: scans for a shape, and checks it with a library. The time is
 * linear in the length of the text. Thread-safe.
 */
public interface Finder {
  /** Returns whether a text with such characters may contain personal data of this kind. */
  boolean mayContain(CharacterCounts counts);

  /**
   * Passes on every place; places may overlap.
   *
   * @param digits the runs of digits in the text
   */
  void find(String text, DigitRuns digits, Consumer<Span> found);
}
