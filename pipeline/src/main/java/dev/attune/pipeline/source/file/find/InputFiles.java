package dev.attune.pipeline.source.file.find;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.PatternWalk.WalkException;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the files of a source on this machine. Opens none of them. */
public final class InputFiles {
  private final Path folder;
  private final Set<FileType> types;
  private final Map<Object, FoundFile> fileByIdentity = new LinkedHashMap<>();
  private final Set<FoundFiles.Fault> faults = new LinkedHashSet<>();

  private InputFiles(Path folder, Set<FileType> types) {
    this.folder = folder.toAbsolutePath().normalize();
    this.types = types;
  }

  /**
   * Returns all files that match, each once, by name in the order of {@link String}. A file that
   * several names or links lead to is one file.
   *
   * @param patterns paths or globs ({@code *}, {@code **}, {@code ?}, {@code [a-c]}, {@code
   *     {a,b}}), relative to the folder or absolute
   * @param folder that of attune.yaml
   * @param types which the source takes, each also compressed
   */
  public static FoundFiles find(Collection<String> patterns, Place folder, Set<FileType> types) {
    var files = new InputFiles(((LocalPlace) folder).path(), EnumSet.copyOf(types));
    int index = 0;
    for (String pattern : patterns) {
      files.match(pattern, index++);
    }
    return files.found();
  }

  /**
   * Finds files and surveys them.
   *
   * @throws SourceException if a pattern matches nothing, or a file is of another type or cannot be
   *     read
   */
  public static List<InputFile> locate(
      Collection<String> patterns, Place folder, Set<FileType> types) throws SourceException {
    return find(patterns, folder, types).survey(more -> {});
  }

  private FoundFiles found() {
    List<FoundFile> sorted = new ArrayList<>(fileByIdentity.values());
    sorted.sort(Comparator.comparing(FoundFile::name));
    return new FoundFiles(sorted, List.copyOf(faults));
  }

  private void match(String pattern, int place) {
    String shown = ShownName.of(pattern);
    if (pattern.contains("://")) {
      fault(place, Messages.of("pipeline.input.not-local", shown));
      return;
    }
    try {
      Path path = folder.resolve(pattern).normalize();
      List<Path> found =
          FileKind.of(path) == FileKind.NOTHING ? PatternWalk.find(folder, pattern) : List.of(path);
      if (found.isEmpty()) {
        fault(place, Messages.of("pipeline.input.no-match", shown));
      }
      for (Path file : found) {
        add(file, place);
      }
    } catch (WalkException e) {
      fault(place, ShownName.of(String.valueOf(e.getMessage())));
    } catch (InvalidPathException e) {
      fault(place, Messages.of("pipeline.input.path", shown));
    }
  }

  private void add(Path file, int place) {
    String name = name(file);
    FileKind kind = FileKind.of(file);
    FileType type = FileType.ofName(name);
    if (kind == FileKind.FOLDER) {
      fault(place, Messages.of("pipeline.input.folder", name));
    } else if (kind != FileKind.REGULAR) {
      fault(place, Messages.of("pipeline.input.kind", name, kind.sentence()));
    } else if (!isText(file)) {
      fault(place, Messages.of("pipeline.input.name", name));
    } else if (type == null || !types.contains(type)) {
      String endings = types.stream().map(FileType::ending).collect(Collectors.joining(", "));
      fault(place, Messages.of("pipeline.input.type", name, endings));
    } else {
      try {
        fileByIdentity.merge(
            identity(file),
            new FoundFile(name, file.toString(), Files.size(file), type, place),
            (one, other) -> one.path().compareTo(other.path()) <= 0 ? one : other);
      } catch (IOException e) {
        fault(place, FoundFiles.unreadable(name, e));
      }
    }
  }

  /** Returns whether the file can be opened by its name as a string, as workers do. */
  private static boolean isText(Path file) {
    try {
      return Path.of(file.toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns a key that all names and links of a file share, hard links if the system says so. */
  private static Object identity(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file.toRealPath() : key;
  }

  private void fault(int pattern, String sentence) {
    faults.add(new FoundFiles.Fault(pattern, sentence));
  }

  /**
   * Returns the printable name of a file: relative to the folder, with slashes, so that the same
   * tree elsewhere gives the same names; absolute if it is under another root.
   */
  private String name(Path file) {
    boolean oneRoot = Objects.equals(file.getRoot(), folder.getRoot());
    Path named = oneRoot ? folder.relativize(file) : file;
    return ShownName.of(named.toString().replace(File.separatorChar, '/'));
  }
}
