package dev.attune.launcher.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a process of Attune says to the one that started it. */
public enum ExitCode {
  DONE(0, "done, also when there was nothing new to do"),
  INTERNAL_ERROR(1, "internal error"),
  USAGE(2, "wrong usage"),
  REFUSED(3, "refused: configuration, source, dataset, cost cap or gate"),
  TUNING_FAILED(4, "the tuning job failed or was cancelled"),
  DEADLINE_PASSED(5, "a deadline passed; the job goes on and attune watch resumes");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** Every number with its meaning, in order, for {@code --help}. */
  public static Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    for (ExitCode exit : values()) {
      table.put(" " + exit.code, exit.meaning);
    }
    return table;
  }
}
