package dev.attune.launcher.console;

import dev.attune.message.Messages;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports failures. The last line of stderr is one sentence, after a stack trace if requested. With
 * {@code --json} stdout gets the document of failure.schema.json, or the document of the command
 * with the same member {@code error}.
 */
public final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final Pattern WHOLE = Pattern.compile("is not an? (long|int)$");
  private static final Pattern FRACTION = Pattern.compile("is not an? (double|float)$");
  private static final Pattern ALTERNATIVES =
      Pattern.compile("expected one of \\[([A-Z_, ]+)\\] \\(case-insensitive\\)");

  private final PrintStream err;
  private final @Nullable ResultOutput results;

  public FailureReport(PrintStream err, @Nullable ResultOutput results) {
    this.err = err;
    this.results = results;
  }

  /** Returns whether {@code --json} is among the arguments, which may be wrong otherwise. */
  public static boolean isJsonAsked(String... args) {
    List<String> typed = Arrays.asList(args);
    int end = typed.indexOf("--");
    return (end < 0 ? typed : typed.subList(0, end)).contains(ConsoleCommand.JSON);
  }

  /** Returns the sentence for a result that could not be printed. */
  public static String unprinted(String fault) {
    return Messages.of("launcher.machine.unprinted", Diagnosis.oneLine(fault));
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    ParseResult own = command.getParseResult();
    return report(
        failure,
        own != null && own.hasMatchedOption(ConsoleCommand.STACKTRACE),
        own != null && own.hasMatchedOption(ConsoleCommand.JSON));
  }

  /** Reports a failure and returns the exit code. */
  public int report(Throwable failure, boolean stacktrace, boolean json) {
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    if (failure instanceof CommandFailure known) {
      known.lines().forEach(err::println);
      return end(known.code(), String.valueOf(known.getMessage()), known.faults(), json);
    }
    return end(Diagnosis.code(failure), Diagnosis.of(failure), List.of(), json);
  }

  @Override
  public int handleParseException(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    if (fault.getClass() == ParameterException.class && command.getParent() == null) {
      command.usage(err);
      err.println();
    }
    String message = Diagnosis.oneLine(plain(String.valueOf(fault.getMessage())));
    List<String> near =
        fault instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String sentence =
        near.isEmpty()
            ? Messages.of("launcher.usage.fault", name, message, name)
            : Messages.of("launcher.usage.mistyped", name, message, String.join(" or ", near));
    return end(FailureCode.USAGE, sentence, List.of(), isJsonAsked(args));
  }

  /** Returns a message of picocli without Java's type names. */
  private static String plain(String message) {
    String plain = WHOLE.matcher(message).replaceAll("is not a whole number");
    plain = FRACTION.matcher(plain).replaceAll("is not a number");
    return ALTERNATIVES
        .matcher(plain)
        .replaceAll(
            names -> "expected " + names.group(1).toLowerCase(Locale.ROOT).replace(", ", " or "));
  }

  private int end(FailureCode code, String sentence, List<ReportedFault> faults, boolean json) {
    err.println(sentence);
    int exit = code.exit().code();
    if (json && results != null) {
      results.print(new FailureDocument(code, exit, sentence, faults).addedTo(results.take()));
    }
    return exit;
  }
}
