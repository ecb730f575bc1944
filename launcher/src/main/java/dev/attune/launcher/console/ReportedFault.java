package dev.attune.launcher.console;

import org.jspecify.annotations.Nullable;

/**
 * One of several faults behind a failure, as {@code --json} reports it.
 *
 * @param file as a person would type it, or null where the message says where
 * @param line from 1; 0 where the fault concerns no line
 * @param key JSON pointer of the key in the file, or null
 * @param message what is wrong
 */
public record ReportedFault(@Nullable String file, int line, @Nullable String key, String message) {

  /** A fault of which only the sentence is known. */
  public static ReportedFault of(String message) {
    return new ReportedFault(null, 0, null, message);
  }
}
