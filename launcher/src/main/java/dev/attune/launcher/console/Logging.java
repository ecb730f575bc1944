package dev.attune.launcher.console;

import java.io.PrintStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Prints warnings of libraries to stderr, each on one line and without a stack trace. */
public final class Logging {
  // Their warnings are of no use to a user, e.g. about long step names or missing Hadoop; a failed
  // run ends with a sentence anyway. The references keep the loggers and their levels alive.
  private static final List<Logger> SILENT =
      List.of(
          Logger.getLogger("org.apache.flink"), Logger.getLogger("org.apache.beam.runners.flink"));

  private Logging() {}

  /** Replaces the configuration of java.util.logging. */
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

  /** Formats e.g. {@code warning: Simple.Name: message (Exception: its message)}. */
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
