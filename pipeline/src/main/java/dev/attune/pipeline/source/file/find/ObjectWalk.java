package dev.attune.pipeline.source.file.find;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.file.find.PatternWalk.WalkException;
import dev.attune.place.CloudStorage;
import dev.attune.place.CloudStorage.FoundObject;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.ObjectVisitor;
import dev.attune.place.PlaceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Finds what matches a pattern of names in a bucket, with the meaning of {@link PatternWalk}. Lists
 * only names that begin like the pattern, and not what is in folders of the last level.
 */
final class ObjectWalk implements ObjectVisitor {
  /**
   * A file system of every Java runtime, for its matcher of globs alone: it takes any name,
   * whatever the character set of this system.
   */
  private static final FileSystem NAMES = FileSystems.getFileSystem(URI.create("jrt:/"));

  /** Stands for a backslash, which that file system takes for a slash. No name should have it. */
  private static final char BACKSLASH = '\uFFFF';

  private final String pattern;
  private final GlobPattern glob;
  private final ObjectPlace base;
  private final List<PathMatcher> matchers;
  private final int mostEntries;
  private final List<Match> found = new ArrayList<>();
  private final TreeSet<String> folders = new TreeSet<>();
  private String lastFolder = "";
  private int entries;

  /**
   * An object, or a folder of objects, that matches.
   *
   * @param version of the object; null for a folder
   */
  record Match(ObjectPlace place, @Nullable ObjectVersion version) {}

  private ObjectWalk(String pattern, GlobPattern glob, ObjectPlace base, int mostEntries) {
    this.pattern = pattern;
    this.glob = glob;
    this.base = base;
    this.matchers = glob.matchers(NAMES, BACKSLASH);
    this.mostEntries = mostEntries;
  }

  /**
   * Returns everything that matches, in no order. A folder is returned only if nothing in it
   * matches.
   *
   * @param base the place of {@link GlobPattern#fixed}
   * @throws WalkException with a sentence
   * @throws PlaceException if the bucket cannot be listed
   */
  static List<Match> find(String pattern, GlobPattern glob, ObjectPlace base) throws IOException {
    return find(pattern, glob, base, PatternWalk.MOST_ENTRIES);
  }

  static List<Match> find(String pattern, GlobPattern glob, ObjectPlace base, int mostEntries)
      throws IOException {
    if (glob.globs().isEmpty()) {
      return List.of();
    }
    try {
      return new ObjectWalk(pattern, glob, base, mostEntries).walk();
    } catch (PatternSyntaxException e) {
      throw new WalkException(Messages.of("pipeline.input.pattern-open", pattern), e);
    }
  }

  private List<Match> walk() throws IOException {
    boolean deep = glob.isDeep() || glob.globs().size() > 1;
    CloudStorage.visit(base, glob.prefix(), deep, this);
    for (Match match : List.copyOf(found)) {
      String name = relative(match.place());
      for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
        folders.remove(name.substring(0, end));
      }
    }
    folders.forEach(folder -> found.add(new Match(base.resolve(folder), null)));
    return found;
  }

  @Override
  public void object(FoundObject object) throws WalkException {
    count();
    String name = relative(object.place());
    int end = name.lastIndexOf('/');
    if (end > 0 && !name.substring(0, end).equals(lastFolder)) {
      lastFolder = name.substring(0, end);
      for (; end > 0; end = name.lastIndexOf('/', end - 1)) {
        addFolder(name.substring(0, end));
      }
    }
    if (matches(name)) {
      found.add(new Match(object.place(), object.version()));
    }
  }

  @Override
  public void folder(ObjectPlace place) throws WalkException {
    count();
    addFolder(relative(place));
  }

  private void addFolder(String name) {
    if (!folders.contains(name) && matches(name)) {
      folders.add(name);
    }
  }

  private String relative(ObjectPlace place) {
    return base.object().isEmpty()
        ? place.object()
        : place.object().substring(base.object().length() + 1);
  }

  private void count() throws WalkException {
    if (++entries > mostEntries) {
      String most = String.format(Locale.ROOT, "%,d", mostEntries);
      throw new WalkException(Messages.of("pipeline.input.walk-many", pattern, most), null);
    }
  }

  private boolean matches(String name) {
    try {
      Path path = NAMES.getPath(name.replace('\\', BACKSLASH));
      return matchers.stream().anyMatch(matcher -> matcher.matches(path));
    } catch (InvalidPathException e) {
      return false; // A NUL in the name, which no pattern can have.
    }
  }
}
