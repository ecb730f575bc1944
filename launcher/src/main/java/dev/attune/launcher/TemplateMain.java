package dev.attune.launcher;

import dev.attune.launcher.cli.template.TemplateArguments;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureReport;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Entry point of the Flex Template's launcher: turns the template's parameters into {@code attune
 * prepare --runner dataflow}. On failure the last line of stderr is a sentence, and the exit code
 * is not 0; Dataflow shows no more than that the launch failed, and where the log is.
 */
public final class TemplateMain {
  private TemplateMain() {}

  /** Called by Dataflow with {@code --name=value}. */
  public static void main(String[] args) throws InterruptedException {
    String[] typed;
    try {
      typed = TemplateArguments.typed(args);
    } catch (CommandFailure e) {
      PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
      System.exit(new FailureReport(err, null).report(e, false, false));
      return;
    }
    Main.main(typed);
  }
}
