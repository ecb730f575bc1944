package dev.attune.launcher.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of attune. */
public enum ExitCode {
  DONE(0, "Done, also when there was nothing new to do."),
  INTERNAL_ERROR(1, "Internal error, or a fault of this machine, such as a full disk."),
  USAGE(2, "Wrong usage."),
  REFUSED(3, "Refused because of the configuration, a source, the dataset, the cost or the gate."),
  TUNING_FAILED(4, "The tuning job failed, expired or was cancelled."),
  DEADLINE_PASSED(5, "A deadline passed. The job continues; attune watch resumes polling it."),
  HUNG_UP(129, "Ended by SIGHUP: the terminal was closed."),
  INTERRUPTED(130, "Ended by SIGINT: Ctrl-C."),
  TERMINATED(143, "Ended by SIGTERM.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** Returns all codes with their meaning, for {@code --help}. */
  public static Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    for (ExitCode exit : values()) {
      String number = String.valueOf(exit.code);
      table.put(" ".repeat(3 - number.length()) + number, exit.meaning);
    }
    return table;
  }
}
