package dev.attune.pipeline.read.file;

import dev.attune.pipeline.read.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Finds the files of a source at launch and surveys each of them once. */
public final class InputFiles {
  private static final long RANGE_BYTES = 16L << 20;
  private static final String GLOB_CHARACTERS = "*?[{";

  private final Path folder;
  private final Set<FileType> types;
  private final Map<Path, Path> pathByRealPath = new TreeMap<>();

  private InputFiles(Path folder, Set<FileType> types) {
    this.folder = folder.toAbsolutePath().normalize();
    this.types = types;
  }

  /**
   * All files that match, each once, by name in the order of {@link String}.
   *
   * @param patterns paths or globs ({@code *}, {@code **}, {@code ?}, {@code [a-c]}, {@code
   *     {a,b}}), relative to the folder or absolute
   * @param folder that of attune.yaml
   * @param types which the source takes, each also compressed
   * @throws SourceException where a pattern matches nothing, or a file is of another type or cannot
   *     be read
   */
  public static List<InputFile> locate(
      Collection<String> patterns, Path folder, Set<FileType> types) throws SourceException {
    return locate(patterns, folder, types, RANGE_BYTES);
  }

  static List<InputFile> locate(
      Collection<String> patterns, Path folder, Set<FileType> types, long rangeBytes)
      throws SourceException {
    var files = new InputFiles(folder, EnumSet.copyOf(types));
    for (String pattern : patterns) {
      files.match(pattern);
    }
    return files.survey(rangeBytes);
  }

  private void match(String pattern) throws SourceException {
    if (pattern.contains("://")) {
      throw new SourceException(
          pattern
              + " is not on this machine: copy the files here, other places are not built yet.");
    }
    Path path = folder.resolve(pattern).normalize();
    List<Path> found = Files.exists(path) ? List.of(path) : walk(pattern);
    if (found.isEmpty()) {
      throw new SourceException(
          "No file matches " + pattern + ": correct the files of the source in attune.yaml.");
    }
    for (Path file : found) {
      add(file);
    }
  }

  private List<Path> walk(String pattern) throws SourceException {
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
    if (globs.isEmpty() || !Files.isDirectory(base)) {
      return List.of();
    }
    int plain = 0;
    while (plain < globs.size() && isOfOneLevel(globs.get(plain))) {
      plain++;
    }
    boolean deep = plain < globs.size();
    List<Path> found = new ArrayList<>();
    try {
      List<PathMatcher> levels =
          globs.subList(0, deep ? plain : plain - 1).stream().map(InputFiles::matcher).toList();
      var visitor =
          new MatchFiles(base.normalize(), levels, deep, matchers(String.join("/", globs)), found);
      Files.walkFileTree(
          base.normalize(),
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          deep ? Integer.MAX_VALUE : globs.size(),
          visitor);
    } catch (PatternSyntaxException e) {
      throw new SourceException("The pattern " + pattern + " is not closed: correct it.", e);
    } catch (IOException e) {
      throw new SourceException(
          "Files of " + pattern + " cannot be looked for: " + reason(e) + ".", e);
    }
    return found;
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

  private void add(Path file) throws SourceException {
    if (Files.isDirectory(file)) {
      throw new SourceException(
          name(file) + " is a folder: name the files in it, for example with /*.jsonl behind it.");
    }
    if (!types.contains(FileType.ofName(name(file)))) {
      throw new SourceException(
          name(file) + " is of no type that this source takes: " + endings() + ", also .gz.");
    }
    try {
      pathByRealPath.merge(
          file.toRealPath(), file, (one, other) -> one.compareTo(other) < 0 ? one : other);
    } catch (IOException e) {
      throw unreadable(name(file), e);
    }
  }

  private String endings() {
    return types.stream().map(FileType::ending).collect(Collectors.joining(", "));
  }

  /**
   * Relative to the folder, with slashes, so that the same tree elsewhere gives the same names;
   * absolute where it is under another root.
   */
  private String name(Path file) {
    boolean oneRoot = Objects.equals(file.getRoot(), folder.getRoot());
    Path named = oneRoot ? folder.relativize(file) : file;
    return named.toString().replace(File.separatorChar, '/');
  }

  private List<InputFile> survey(long rangeBytes) throws SourceException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<InputFile>> surveys = new ArrayList<>();
      for (Path file : pathByRealPath.values()) {
        surveys.add(workers.submit(() -> survey(file, rangeBytes)));
      }
      List<InputFile> files = new ArrayList<>();
      for (Future<InputFile> survey : surveys) {
        files.add(survey.get());
      }
      files.sort(Comparator.comparing(InputFile::name));
      return files;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("the survey of a file failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("Interrupted while the files were looked at: run again.", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private InputFile survey(Path file, long rangeBytes) throws SourceException {
    String name = name(file);
    try {
      return new Survey(name, file, Objects.requireNonNull(FileType.ofName(name)), rangeBytes)
          .read();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static SourceException unreadable(String name, IOException e) {
    return new SourceException(
        name + " cannot be read: " + reason(e) + "; allow reading it, or restore it.", e);
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "access is denied" : String.valueOf(e.getMessage());
  }

  /** Collects the regular files that match. Stays out of folders that cannot hold any. */
  private static final class MatchFiles extends SimpleFileVisitor<Path> {
    private final Path base;
    private final List<PathMatcher> levels;
    private final boolean deeper;
    private final List<PathMatcher> matchers;
    private final List<Path> found;

    /**
     * A visitor of what is in {@code base}.
     *
     * @param levels what the names of folders must match, from the outermost on
     * @param deeper whether files in folders of further levels may match
     */
    MatchFiles(
        Path base,
        List<PathMatcher> levels,
        boolean deeper,
        List<PathMatcher> matchers,
        List<Path> found) {
      this.base = base;
      this.levels = levels;
      this.deeper = deeper;
      this.matchers = matchers;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return mayHold(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && matches(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
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
      if (e instanceof FileSystemLoopException || !(mayHold(file) || matches(file))) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
