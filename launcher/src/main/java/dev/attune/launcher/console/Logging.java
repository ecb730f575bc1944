package dev.attune.launcher.console;

import java.io.PrintStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Warnings of the libraries: to stderr, a line each, without stack traces. */
public final class Logging {
  // They warn of what nobody can mend (names of steps that are long, Hadoop that is not there), and
  // a run that fails there ends with a sentence. Held here, or their levels would be forgotten.
  private static final List<Logger> SILENT =
      List.of(
          Logger.getLogger("org.apache.flink"), Logger.getLogger("org.apache.beam.runners.flink"));

  private Logging() {}

  /** Replaces whatever java.util.logging was set up to do. */
  public static void toStderr(PrintStream err) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new LineHandler(err));
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  /** Prints a record as one line. */
  private static final class LineHandler extends Handler {
    private final PrintStream err;

    private LineHandler(PrintStream err) {
      this.err = err;
      setFormatter(new LineFormatter());
    }

    @Override
    public void publish(LogRecord logged) {
      if (isLoggable(logged)) {
        err.println(getFormatter().format(logged));
      }
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }

  /** {@code warning: Simple.Name: message (Exception: its message)}. */
  static final class LineFormatter extends Formatter {
    @Override
    public String format(LogRecord logged) {
      String level = logged.getLevel().intValue() >= Level.SEVERE.intValue() ? "error" : "warning";
      String name = String.valueOf(logged.getLoggerName());
      String line =
          level
              + ": "
              + name.substring(name.lastIndexOf('.') + 1)
              + ": "
              + Diagnosis.oneLine(String.valueOf(formatMessage(logged)));
      Throwable thrown = logged.getThrown();
      return thrown == null ? line : line + " (" + Diagnosis.describe(thrown) + ")";
    }
  }
}
