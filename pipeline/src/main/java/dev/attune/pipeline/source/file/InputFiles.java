package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.FileKind;
import dev.attune.pipeline.source.file.find.PatternWalk;
import dev.attune.pipeline.source.file.find.PatternWalk.WalkException;
import dev.attune.pipeline.source.file.find.ShownName;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Finds the files of a source at launch and surveys each of them once. */
public final class InputFiles {
  private final Path folder;
  private final Set<FileType> types;
  private final Map<Object, FoundFile> fileByIdentity = new LinkedHashMap<>();
  private final List<FoundFiles.Fault> faults = new ArrayList<>();

  private InputFiles(Path folder, Set<FileType> types) {
    this.folder = folder.toAbsolutePath().normalize();
    this.types = types;
  }

  /**
   * All files that match, each once, by name in the order of {@link String}; also one that several
   * names or links stand for. Opens none of them.
   *
   * @param patterns paths or globs ({@code *}, {@code **}, {@code ?}, {@code [a-c]}, {@code
   *     {a,b}}), relative to the folder or absolute
   * @param folder that of attune.yaml
   * @param types which the source takes, each also compressed
   */
  public static FoundFiles find(Collection<String> patterns, Path folder, Set<FileType> types) {
    var files = new InputFiles(folder, EnumSet.copyOf(types));
    int place = 0;
    for (String pattern : patterns) {
      files.match(pattern, place++);
    }
    return files.found();
  }

  /**
   * The same, surveyed.
   *
   * @throws SourceException where a pattern matches nothing, or a file is of another type or cannot
   *     be read
   */
  public static List<InputFile> locate(
      Collection<String> patterns, Path folder, Set<FileType> types) throws SourceException {
    return find(patterns, folder, types).survey();
  }

  static List<InputFile> locate(
      Collection<String> patterns, Path folder, Set<FileType> types, long rangeBytes)
      throws SourceException {
    return find(patterns, folder, types).survey(rangeBytes);
  }

  private FoundFiles found() {
    List<FoundFile> sorted = new ArrayList<>(fileByIdentity.values());
    sorted.sort(Comparator.comparing(FoundFile::name));
    return new FoundFiles(sorted, faults);
  }

  private void match(String pattern, int place) {
    String shown = ShownName.of(pattern);
    if (pattern.contains("://")) {
      fault(
          place,
          shown + " is not on this machine: copy the files here, other places are not built yet.");
      return;
    }
    try {
      Path path = folder.resolve(pattern).normalize();
      List<Path> found =
          FileKind.of(path) == FileKind.NOTHING ? PatternWalk.find(folder, pattern) : List.of(path);
      if (found.isEmpty()) {
        fault(
            place,
            "No file matches " + shown + ": correct the files of the source in attune.yaml.");
      }
      for (Path file : found) {
        add(file, place);
      }
    } catch (WalkException e) {
      fault(place, ShownName.of(String.valueOf(e.getMessage())));
    } catch (InvalidPathException e) {
      fault(place, shown + " can be no path: correct it in attune.yaml.");
    }
  }

  private void add(Path file, int place) {
    String name = name(file);
    FileKind kind = FileKind.of(file);
    FileType type = FileType.ofName(name);
    if (kind == FileKind.FOLDER) {
      fault(
          place, name + " is a folder: name the files in it, for example with /*.jsonl behind it.");
    } else if (kind != FileKind.REGULAR) {
      fault(place, name + " " + kind.sentence() + ".");
    } else if (!isText(file)) {
      fault(
          place,
          name
              + " has a name that is no text in the character set of this system: rename it, or set"
              + " LC_ALL=C.UTF-8 if it is UTF-8.");
    } else if (type == null || !types.contains(type)) {
      fault(place, name + " is of no type that this source takes: " + endings() + ", also .gz.");
    } else {
      try {
        fileByIdentity.merge(
            identity(file),
            new FoundFile(name, file, type, place),
            (one, other) -> one.path().compareTo(other.path()) <= 0 ? one : other);
      } catch (IOException e) {
        fault(place, name + " " + unreadable(e));
      }
    }
  }

  /** Whether the file can be opened by its name as a text, which is how workers are told of it. */
  private static boolean isText(Path file) {
    try {
      return Path.of(file.toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The same for every name and link of a file, also for hard ones where the system tells. */
  private static Object identity(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file.toRealPath() : key;
  }

  private void fault(int place, String sentence) {
    FoundFiles.Fault fault = new FoundFiles.Fault(place, sentence);
    if (!faults.contains(fault)) {
      faults.add(fault);
    }
  }

  private String endings() {
    return types.stream().map(FileType::ending).collect(Collectors.joining(", "));
  }

  /**
   * Relative to the folder, with slashes, so that the same tree elsewhere gives the same names;
   * absolute where it is under another root. It goes into sentences, so it is printable.
   */
  private String name(Path file) {
    boolean oneRoot = Objects.equals(file.getRoot(), folder.getRoot());
    Path named = oneRoot ? folder.relativize(file) : file;
    return ShownName.of(named.toString().replace(File.separatorChar, '/'));
  }

  static InputFile survey(FoundFile file, long rangeBytes, LongConsumer surveyed)
      throws SourceException {
    try {
      return new Survey(file.name(), file.path(), file.type(), rangeBytes).read(surveyed);
    } catch (IOException e) {
      throw new SourceException(file.name() + " " + unreadable(e), e);
    }
  }

  /** What follows the file's name. */
  static String unreadable(IOException e) {
    return "cannot be read: " + reason(e) + "; allow reading it, or restore it.";
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "access is denied" : String.valueOf(e.getMessage());
  }
}
