package dev.attune.launcher.console;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where a command was typed.
 *
 * @param out results, and nothing else
 * @param err progress, logs and failures
 * @param terminal whether a person watches {@code err}
 * @param directory the current directory, absolute; paths that are typed are relative to it
 * @param environment names and values of the environment
 * @param clock for how long something took
 * @param ticker when to show how far a step is
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Path directory,
    Map<String, String> environment,
    InstantSource clock,
    Ticker ticker) {
  public Shell {
    environment = Map.copyOf(environment);
  }

  /** A shell whose steps are shown in real time. */
  public Shell(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      Path directory,
      Map<String, String> environment,
      InstantSource clock) {
    this(out, err, terminal, directory, environment, clock, SystemTicker.INSTANCE);
  }

  /** The same with another stream for results. */
  public Shell withOut(PrintStream results) {
    return new Shell(results, err, terminal, directory, environment, clock, ticker);
  }

  /** A path that was typed, absolute. */
  public Path resolve(Path typed) {
    return directory.resolve(typed).normalize();
  }

  /** A path as a person here would type it: relative where it lies below the current directory. */
  public String show(Path path) {
    Path absolute = resolve(path);
    if (absolute.equals(directory)) {
      return ".";
    }
    return absolute.startsWith(directory)
        ? directory.relativize(absolute).toString()
        : absolute.toString();
  }
}
