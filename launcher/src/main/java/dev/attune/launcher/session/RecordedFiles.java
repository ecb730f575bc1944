package dev.attune.launcher.session;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.place.CloudStorage;
import dev.attune.place.LocalPlace;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds files of recorded answers by patterns. */
final class RecordedFiles {
  private static final String SPECIAL = "*?[{";

  private RecordedFiles() {}

  /**
   * Returns the files of patterns, sorted for each pattern. The last part of a path may have {@code
   * *}, {@code ?}, {@code [a-z]} and {@code {a,b}}.
   *
   * @throws CommandFailure if a pattern matches nothing
   */
  static List<Place> find(AttuneConfig config, String model, List<String> patterns)
      throws CommandFailure, IOException {
    List<Place> files = new ArrayList<>();
    for (String pattern : patterns) {
      List<Place> found = find(config.resolve(pattern));
      if (found.isEmpty()) {
        throw new CommandFailure(
            FailureCode.CONFIGURATION,
            Messages.of("launcher.session.no-recorded-files", model, pattern));
      }
      files.addAll(found);
    }
    return files;
  }

  private static List<Place> find(Place pattern) throws IOException {
    Place folder = pattern.folder();
    String name = pattern.name();
    boolean plain = name.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    if (plain || folder == null) {
      return pattern.isFile() ? List.of(pattern) : List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    List<Place> found = new ArrayList<>();
    if (folder instanceof LocalPlace local) {
      if (local.isFolder()) {
        try (Stream<Path> files = Files.list(local.path())) {
          files
              .filter(file -> matcher.matches(file.getFileName()) && Files.isRegularFile(file))
              .sorted()
              .forEach(file -> found.add(Place.of(file)));
        }
      }
    } else {
      ObjectPlace bucket = (ObjectPlace) folder;
      CloudStorage.list(
          bucket,
          "",
          object -> {
            ObjectPlace place = object.place();
            if (bucket.equals(place.folder()) && matcher.matches(Path.of(place.name()))) {
              found.add(place);
            }
          });
    }
    return found;
  }
}
