package dev.attune.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LoggingTest {
  @Test
  void writesOneLineWithoutStackTrace() {
    LogRecord logged = new LogRecord(Level.WARNING, "could not\nread {0}");
    logged.setLoggerName("org.apache.beam.sdk.Something");
    logged.setParameters(new Object[] {"it"});
    logged.setThrown(new IllegalStateException("why"));
    assertThat(new Logging.LineFormatter().format(logged))
        .isEqualTo("warning: Something: could not read it (IllegalStateException: why)");
  }
}
