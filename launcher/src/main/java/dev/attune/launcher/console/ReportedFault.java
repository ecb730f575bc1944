package dev.attune.launcher.console;

import org.jspecify.annotations.Nullable;

/**
 * A fault in the documents of {@code --json}.
 *
 * @param file the file as the user would type it, or null if the message names it
 * @param line from 1, or null if the fault concerns no line
 * @param key JSON pointer of the key in the file, or null
 * @param message what is wrong
 */
public record ReportedFault(
    @Nullable String file, @Nullable Integer line, @Nullable String key, String message) {
  /** Returns a fault without a place. */
  public static ReportedFault of(String message) {
    return new ReportedFault(null, null, null, message);
  }
}
