package dev.attune.catalog;

import java.util.List;

/** A file of base models is refused. Names every fault, each with its place. */
public final class BaseModelsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /**
   * A refusal.
   *
   * @param faults {@code place: sentence} each; empty where the sentence names the only one
   * @param sentence the place, the cause and what to do
   */
  BaseModelsException(List<String> faults, String sentence) {
    super(sentence);
    this.faults = List.copyOf(faults);
  }

  /** Every fault as {@code place: sentence}; empty where the message names the only one. */
  public List<String> faults() {
    return faults;
  }
}
