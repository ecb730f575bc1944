package dev.attune.pipeline.source.file.find;

import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds what matches a pattern of names ({@code *}, {@code **}, {@code ?}, {@code [a-c]}, {@code
 * {a,b}}) in a folder of this machine. Follows links, but not one that leads back to a folder above
 * it. Fails beyond a depth and a number of entries that no tree of input has, so that it always
 * ends.
 *
 * <p>Beam's own matching of local files walks everything below the last folder without a glob, does
 * not end at a link to /proc, finds a file dozens of times through a link that leads back, knows no
 * {@code {a,b}}, and silently leaves out what cannot be read.
 *
 * @param folder absolute
 * @param mostEntries the most files and folders that are visited
 */
public record PatternWalk(Path folder, String pattern, int mostEntries) {
  static final int DEEPEST = 100;
  static final int MOST_ENTRIES = 1_000_000;

  /** File systems of Linux for processes and devices, which have no input files. */
  private static final Set<String> OF_THE_KERNEL =
      Set.of("proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs");

  /**
   * Returns everything that matches, regular files or not, in no order. A folder is returned only
   * if nothing in it matches.
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
    GlobPattern glob = GlobPattern.of(pattern);
    Path base = folder.resolve(glob.fixed()).normalize();
    return glob.globs().isEmpty() || !Files.isDirectory(base) ? List.of() : walk(base, glob);
  }

  private List<Path> walk(Path base, GlobPattern glob) throws WalkException {
    boolean deep = glob.isDeep();
    try {
      FileSystem system = FileSystems.getDefault();
      var visitor = new MatchFiles(base, glob.folderMatchers(system), deep, glob.matchers(system));
      Files.walkFileTree(
          base,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          deep ? DEEPEST : glob.globs().size(),
          visitor);
      return visitor.found();
    } catch (PatternSyntaxException e) {
      throw new WalkException(Messages.of("pipeline.input.pattern-open", pattern), e);
    } catch (IOException e) {
      throw e instanceof WalkException failed ? failed : new WalkException(sentence(e), e);
    }
  }

  private String sentence(IOException e) {
    String file = e instanceof FileSystemException failed ? failed.getFile() : null;
    String shown =
        file == null
            ? Messages.of("pipeline.input.walk-a-folder")
            : folder.relativize(Path.of(file)).toString();
    return e instanceof AccessDeniedException
        ? Messages.of("pipeline.input.walk-denied", pattern, shown)
        : Messages.of("pipeline.input.walk-failed", pattern, shown, e.getClass().getSimpleName());
  }

  /** Files cannot be found, for a reason that the user can correct. Its message is a sentence. */
  public static final class WalkException extends IOException {
    private static final long serialVersionUID = 1;

    WalkException(String sentence, @Nullable Throwable cause) {
      super(sentence, cause);
    }
  }

  /** Collects what matches. Skips folders that cannot have matches. */
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
     * Creates a visitor of {@code base}.
     *
     * @param levels matchers for the names of folders, from the outermost on
     * @param deeper whether files in folders of further levels may match
     */
    MatchFiles(Path base, List<PathMatcher> levels, boolean deeper, List<PathMatcher> matchers) {
      this.base = base;
      this.levels = levels;
      this.deeper = deeper;
      this.matchers = matchers;
    }

    /** Returns all matches. A folder that has a match in it is not a match itself. */
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
      if (!mayContain(directory)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      refuseKernel(directory);
      return FileVisitResult.CONTINUE;
    }

    /** Refuses links to {@code /} or {@code /proc}, which would take minutes for no files. */
    private void refuseKernel(Path directory) throws WalkException {
      String type;
      try {
        if (!devices.add(Files.getAttribute(directory, "unix:dev"))) {
          return; // Checked before.
        }
        type = Files.getFileStore(directory).type();
      } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
        return; // Not Linux, or the directory no longer exists.
      }
      if (OF_THE_KERNEL.contains(type)) {
        String shown = ShownName.of(base.relativize(directory).toString());
        throw new WalkException(
            Messages.of("pipeline.input.walk-kernel", pattern, shown, type), null);
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
        throws WalkException {
      count();
      if (attributes.isDirectory() && deeper && mayContain(file)) {
        throw new WalkException(Messages.of("pipeline.input.walk-deep", pattern, DEEPEST), null);
      }
      if (matches(file)) {
        (attributes.isDirectory() ? folders : found).add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private void count() throws WalkException {
      if (++entries > mostEntries) {
        String most = String.format(Locale.ROOT, "%,d", mostEntries);
        throw new WalkException(Messages.of("pipeline.input.walk-many", pattern, most), null);
      }
    }

    private boolean matches(Path file) {
      Path relative = base.relativize(file);
      return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }

    /** Returns whether files in this folder or below it may match. */
    private boolean mayContain(Path directory) {
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

    /** Ignores folders that need not be opened: Java opens a folder before it calls the visitor. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      count();
      if (e instanceof FileSystemLoopException || !(mayContain(file) || matches(file))) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
