package dev.attune.launcher.session;

import dev.attune.launcher.console.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;

/** Asks on the terminal; only y or yes agree. */
record TerminalQuestion(Shell shell, InputStream in, boolean keyboard) implements CostQuestion {
  private static final Set<String> YES = Set.of("y", "yes");

  @Override
  public boolean isPossible() {
    return shell.terminal() && keyboard;
  }

  @Override
  public boolean agrees(String question) throws IOException {
    shell.err().print(question + " [y/N] ");
    shell.err().flush();
    return YES.contains(line().strip().toLowerCase(Locale.ROOT));
  }

  /** Reads one line, and nothing beyond it. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
