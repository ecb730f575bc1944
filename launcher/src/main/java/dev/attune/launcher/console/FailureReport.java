package dev.attune.launcher.console;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what failed. The last line of stderr is one sentence; a stack trace stands above it, and
 * only where it was asked for.
 */
public final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final PrintStream err;

  public FailureReport(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    ParseResult own = command.getParseResult();
    return report(failure, own != null && own.hasMatchedOption(CommonOptions.STACKTRACE));
  }

  /** Says what failed and which code the process ends with. */
  public int report(Throwable failure, boolean stacktrace) {
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    if (failure instanceof CommandFailure known) {
      known.lines().forEach(err::println);
      err.println(known.getMessage());
      return known.exit().code();
    }
    err.println(Diagnosis.of(failure));
    return ExitCode.INTERNAL_ERROR.code();
  }

  @Override
  public int handleParseException(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    if (fault.getClass() == ParameterException.class && command.getParent() == null) {
      command.usage(err);
      err.println();
    }
    err.println(
        name
            + ": "
            + Diagnosis.oneLine(String.valueOf(fault.getMessage()))
            + "; "
            + advice(fault, name));
    return ExitCode.USAGE.code();
  }

  private static String advice(ParameterException fault, String name) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        return "did you mean " + String.join(" or ", near) + "?";
      }
    }
    return "see " + name + " --help.";
  }
}
