package dev.attune.catalog;

import java.util.List;

/** Reports an invalid file of base models, with every fault. */
public final class BaseModelsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /**
   * Creates an exception.
   *
   * @param faults {@code place: sentence} each; empty if the sentence names the only one
   * @param sentence the place, the cause and what to do
   */
  BaseModelsException(List<String> faults, String sentence) {
    super(sentence);
    this.faults = List.copyOf(faults);
  }

  /** Returns every fault as {@code place: sentence}; empty if the message names the only one. */
  public List<String> faults() {
    return faults;
  }
}
