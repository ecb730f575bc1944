package dev.attune.launcher.console;

import dev.attune.place.Place;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command with the options that all commands have. */
public abstract class ConsoleCommand implements Callable<Integer> {
  /** The name of {@link #json()}. */
  public static final String JSON = "--json";

  /** The name of the option for a stack trace. */
  static final String STACKTRACE = "--stacktrace";

  protected final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "attune.yaml",
      description =
          "Configuration file, also gs://bucket/name. Ignored by init and demo. Default:"
              + " ./attune.yaml.")
  private @Nullable Place config;

  @Option(names = JSON, description = "Print one JSON document to stdout and nothing else.")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // Main looks for it among the arguments
  @Option(names = STACKTRACE, description = "On failure, print the stack trace too.")
  private boolean stacktrace;

  @SuppressWarnings("UnusedVariable") // picocli prints the help
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and exit.")
  private boolean help;

  protected ConsoleCommand(Shell shell) {
    this.shell = shell;
  }

  /** Runs the command; it ends with {@link ExitCode#DONE} unless an exception is thrown. */
  protected abstract void run()
      throws CommandFailure, IOException, SQLException, InterruptedException;

  @Override
  public final Integer call()
      throws CommandFailure, IOException, SQLException, InterruptedException {
    run();
    return ExitCode.DONE.code();
  }

  /** Returns the place of attune.yaml. */
  protected Place config() {
    return Objects.requireNonNull(config, "set by picocli");
  }

  protected boolean json() {
    return json;
  }

  /** Returns the failure of a command line whose options are wrong. */
  public ParameterException usage(String fault) {
    return new ParameterException(
        Objects.requireNonNull(spec, "set by picocli").commandLine(), fault);
  }
}
