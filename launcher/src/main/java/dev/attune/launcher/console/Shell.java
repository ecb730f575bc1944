package dev.attune.launcher.console;

import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * The surroundings of a command.
 *
 * @param out results only
 * @param err progress, logs and failures
 * @param terminal whether {@code err} is a terminal
 * @param directory current directory, absolute; typed paths are relative to it
 * @param environment environment variables
 * @param ticker schedules the display of progress
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

  /** Creates a shell that shows progress in real time. */
  public Shell(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      Path directory,
      Map<String, String> environment,
      InstantSource clock) {
    this(out, err, terminal, directory, environment, clock, SystemTicker.INSTANCE);
  }

  /** Returns this shell with another stream for results. */
  public Shell withOut(PrintStream results) {
    return new Shell(results, err, terminal, directory, environment, clock, ticker);
  }

  /** Returns a typed path as an absolute one. */
  public Path resolve(Path typed) {
    return directory.resolve(typed).normalize();
  }

  /**
   * Returns a typed path or URI as a place.
   *
   * @throws PlaceException with a sentence if it is none
   */
  public Place place(String typed) throws PlaceException {
    return Place.of(typed, Place.of(directory));
  }

  /** Returns a place as the user would type it. */
  public String show(Place place) {
    return place instanceof LocalPlace local ? show(local.path()) : place.toString();
  }

  /** Returns a path as the user would type it: relative if it is below the current directory. */
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
