package dev.attune.launcher.evaluation;

import java.util.Locale;

/** Whose examples models are asked about. */
public enum Split {
  /** The only one that no model was tuned on. */
  VALIDATION;

  /** As options and files write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
