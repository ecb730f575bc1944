package dev.attune.pipeline.source.file.find;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * What matches a pattern of names ({@code *}, {@code **}, {@code ?}, {@code [a-c]}, {@code {a,b}})
 * below a folder. Links are followed; one that leads back to a folder above it is not entered
 * again. The walk ends with a fault behind a depth and a number of entries that no tree of input
 * has, so that it always ends.
 */
public final class PatternWalk {
  static final int DEEPEST = 100;
  static final int MOST_ENTRIES = 1_000_000;

  /** File systems in which Linux shows itself and its devices; they hold no files of input. */
  private static final Set<String> OF_THE_KERNEL =
      Set.of("proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs");

  private static final String GLOB_CHARACTERS = "*?[{";

  private final Path folder;
  private final String pattern;
  private final int mostEntries;

  private PatternWalk(Path folder, String pattern, int mostEntries) {
    this.folder = folder;
    this.pattern = pattern;
    this.mostEntries = mostEntries;
  }

  /**
   * Everything that matches, files and what is none, in no order; of folders only those that hold
   * no match.
   *
   * @param folder absolute
   * @throws WalkException with a sentence
   */
  public static List<Path> find(Path folder, String pattern) throws WalkException {
    return find(folder, pattern, MOST_ENTRIES);
  }

  static List<Path> find(Path folder, String pattern, int mostEntries) throws WalkException {
    return new PatternWalk(folder, pattern, mostEntries).walk();
  }

  private List<Path> walk() throws WalkException {
    String[] segments = pattern.split("/+");
    int fixed = 0;
    while (fixed < segments.length && !hasGlob(segments[fixed])) {
      fixed++;
    }
    List<String> globs = List.of(segments).subList(fixed, segments.length);
    Path base = folder.resolve(pattern.startsWith("/") ? "/" : "");
    for (int i = 0; i < fixed; i++) {
      base = base.resolve(segments[i]);
    }
    base = base.normalize();
    return globs.isEmpty() || !Files.isDirectory(base) ? List.of() : walk(base, globs);
  }

  private List<Path> walk(Path base, List<String> globs) throws WalkException {
    int plain = 0;
    while (plain < globs.size() && isOfOneLevel(globs.get(plain))) {
      plain++;
    }
    boolean deep = plain < globs.size();
    try {
      List<PathMatcher> levels =
          globs.subList(0, deep ? plain : plain - 1).stream().map(PatternWalk::matcher).toList();
      var visitor = new MatchFiles(base, levels, deep, matchers(String.join("/", globs)));
      Files.walkFileTree(
          base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), deep ? DEEPEST : globs.size(), visitor);
      return visitor.found();
    } catch (PatternSyntaxException e) {
      throw new WalkException("The pattern " + pattern + " is not closed: correct it.", e);
    } catch (IOException e) {
      throw e instanceof WalkException told
          ? told
          : new WalkException(
              "Files of " + pattern + " cannot be looked for: " + reason(e) + ".", e);
    }
  }

  private String reason(IOException e) {
    String file = e instanceof FileSystemException failed ? failed.getFile() : null;
    String shown = file == null ? "a folder" : folder.relativize(Path.of(file)).toString();
    return e instanceof AccessDeniedException
        ? "access to " + shown + " is denied"
        : shown + " cannot be opened (" + e.getClass().getSimpleName() + ")";
  }

  private static boolean hasGlob(String segment) {
    return segment.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
  }

  /** Whether this part of a pattern stands for one level of folders, whatever stands behind it. */
  private static boolean isOfOneLevel(String segment) {
    boolean closed =
        segment.chars().filter(c -> c == '{').count()
            == segment.chars().filter(c -> c == '}').count();
    return closed && !segment.contains("**") && !segment.contains("\\");
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  /** A leading {@code **} and slash match no folder too, as everywhere but in Java. */
  private static List<PathMatcher> matchers(String glob) {
    String anyFolder = "**/";
    List<PathMatcher> matchers = new ArrayList<>(List.of(matcher(glob)));
    if (glob.startsWith(anyFolder)) {
      matchers.add(matcher(glob.substring(anyFolder.length())));
    }
    return matchers;
  }

  /** Files cannot be looked for, for a reason that the user can mend. */
  public static final class WalkException extends IOException {
    private static final long serialVersionUID = 1;

    WalkException(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    WalkException(String sentence) {
      super(sentence);
    }
  }

  /** Collects what matches. Stays out of folders that cannot hold any. */
  private final class MatchFiles extends SimpleFileVisitor<Path> {
    private final Path base;
    private final List<PathMatcher> levels;
    private final boolean deeper;
    private final List<PathMatcher> matchers;
    private final List<Path> found = new ArrayList<>();
    private final TreeSet<Path> folders = new TreeSet<>();
    private final Set<Object> devices = new HashSet<>();
    private int entries;

    /**
     * A visitor of what is in {@code base}.
     *
     * @param levels what the names of folders must match, from the outermost on
     * @param deeper whether files in folders of further levels may match
     */
    MatchFiles(Path base, List<PathMatcher> levels, boolean deeper, List<PathMatcher> matchers) {
      this.base = base;
      this.levels = levels;
      this.deeper = deeper;
      this.matchers = matchers;
    }

    /** A folder that holds a match is no match itself: it only has such a name. */
    List<Path> found() {
      for (Path file : found) {
        Path above = file.getParent();
        while (above != null && !above.equals(base)) {
          folders.remove(above);
          above = above.getParent();
        }
      }
      found.addAll(folders);
      return found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws WalkException {
      count();
      if (!directory.equals(base) && matches(directory)) {
        folders.add(directory);
      }
      if (!mayHold(directory)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      refuseKernel(directory);
      return FileVisitResult.CONTINUE;
    }

    /** A link to {@code /} or {@code /proc} would take minutes, and find nothing that stays. */
    private void refuseKernel(Path directory) throws WalkException {
      String type;
      try {
        if (!devices.add(Files.getAttribute(directory, "unix:dev"))) {
          return; // Asked before.
        }
        type = Files.getFileStore(directory).type();
      } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
        return; // It cannot be told, and is no Linux or no longer there.
      }
      if (OF_THE_KERNEL.contains(type)) {
        throw new WalkException(
            "Files of "
                + pattern
                + " cannot be looked for: "
                + ShownName.of(base.relativize(directory).toString())
                + " leads into the file system "
                + type
                + ", which holds no files of input; name them more closely, or take out that"
                + " link.");
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
        throws WalkException {
      count();
      if (attributes.isDirectory()) {
        tooDeep(file);
      }
      if (matches(file)) {
        (attributes.isDirectory() ? folders : found).add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private void tooDeep(Path directory) throws WalkException {
      if (deeper && mayHold(directory)) {
        throw new WalkException(
            "Files of "
                + pattern
                + " cannot be looked for: there are folders more than "
                + DEEPEST
                + " deep; name them more closely, or take out links that lead back.");
      }
    }

    private void count() throws WalkException {
      if (++entries > mostEntries) {
        throw new WalkException(
            String.format(
                Locale.ROOT,
                "Files of %s cannot be looked for: there are more than %,d files and folders; name"
                    + " them more closely, or take out links that lead back.",
                pattern,
                mostEntries));
      }
    }

    private boolean matches(Path file) {
      Path relative = base.relativize(file);
      return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }

    /** Whether files in this folder or below it may match. */
    private boolean mayHold(Path directory) {
      if (directory.equals(base)) {
        return true;
      }
      Path relative = base.relativize(directory);
      int known = Math.min(relative.getNameCount(), levels.size());
      for (int i = 0; i < known; i++) {
        if (!levels.get(i).matches(relative.getName(i))) {
          return false;
        }
      }
      return deeper || known == relative.getNameCount();
    }

    /** Java opens a folder before it asks whether to. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      count();
      if (e instanceof FileSystemLoopException || !(mayHold(file) || matches(file))) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
