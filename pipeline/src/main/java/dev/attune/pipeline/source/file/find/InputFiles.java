package dev.attune.pipeline.source.file.find;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.PatternWalk.WalkException;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.file.storage.Pin;
import dev.attune.place.CloudStorage;
import dev.attune.place.LocalPlace;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the files of a source on this machine and in buckets. Opens none of them. */
public final class InputFiles {
  private final Place folder;
  private final FileNames names;
  private final Set<FileType> types;
  private final @Nullable String ignoredEnding;
  private final boolean mayBeNone;
  private final Map<Object, FoundFile> fileByIdentity = new LinkedHashMap<>();
  private final Set<FoundFiles.Fault> faults = new LinkedHashSet<>();

  private InputFiles(
      Place folder, Set<FileType> types, @Nullable String ignoredEnding, boolean mayBeNone) {
    this.folder = folder;
    this.names = new FileNames(folder);
    this.types = types;
    this.ignoredEnding = ignoredEnding;
    this.mayBeNone = mayBeNone;
  }

  /**
   * Returns all files that match, each once, by name in the order of {@link String}. A file that
   * several names or links lead to is one file.
   *
   * @param patterns paths, {@code gs://bucket/name} or globs of both ({@code *}, {@code **}, {@code
   *     ?}, {@code [a-c]}, {@code {a,b}}), relative to the folder or absolute
   * @param folder that of attune.yaml
   * @param types which the source takes, each also compressed
   */
  public static FoundFiles find(Collection<String> patterns, Place folder, Set<FileType> types) {
    var files = new InputFiles(folder, EnumSet.copyOf(types), null, false);
    int index = 0;
    for (String pattern : patterns) {
      files.match(pattern, index++);
    }
    return files.found();
  }

  /**
   * Returns all files that match, as above, without some of them.
   *
   * @param ignoredEnding files whose names end in it are left out
   * @param mayBeNone whether a pattern with wildcards that matches no file is no fault
   */
  public static FoundFiles find(
      String pattern, Place folder, FileType type, String ignoredEnding, boolean mayBeNone) {
    var files = new InputFiles(folder, EnumSet.of(type), ignoredEnding, mayBeNone);
    files.match(pattern, 0);
    return files.found();
  }

  /**
   * Returns the folder in which a file of some name matches a pattern; empty if that is not
   * certain.
   *
   * @param folder of attune.yaml
   */
  public static Optional<Place> folderFor(String pattern, Place folder, String name)
      throws PlaceException {
    GlobPattern glob = GlobPattern.of(pattern);
    Path file = Path.of(name);
    boolean matches =
        !glob.globs().isEmpty()
            && glob.matchers(file.getFileSystem()).stream().anyMatch(each -> each.matches(file));
    return matches
        ? Optional.of(Place.of(glob.fixed().isEmpty() ? "." : glob.fixed(), folder))
        : Optional.empty();
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

  private void match(String pattern, int index) {
    String shown = ShownName.of(pattern);
    try {
      Place place = Place.of(pattern, folder);
      boolean matched =
          place instanceof LocalPlace local
              ? matchFiles(local.path(), pattern, index)
              : matchObjects((ObjectPlace) place, pattern, index);
      if (!matched && !(mayBeNone && !GlobPattern.of(pattern).globs().isEmpty())) {
        fault(index, Messages.of("pipeline.input.no-match", shown));
      }
    } catch (WalkException e) {
      fault(index, ShownName.of(String.valueOf(e.getMessage())));
    } catch (PlaceException e) {
      boolean noPath = e.getCause() instanceof InvalidPathException;
      fault(
          index,
          noPath ? Messages.of("pipeline.input.path", shown) : String.valueOf(e.getMessage()));
    } catch (InvalidPathException e) {
      fault(index, Messages.of("pipeline.input.path", shown));
    } catch (IOException e) {
      fault(index, FoundFiles.unreadable(shown, e));
    }
  }

  private boolean matchFiles(Path path, String pattern, int index) throws WalkException {
    Path base = folder instanceof LocalPlace local ? local.path() : path.getRoot();
    List<Path> found =
        FileKind.of(path) == FileKind.NOTHING ? PatternWalk.find(base, pattern) : List.of(path);
    boolean matched = false;
    for (Path file : found) {
      if (!isIgnored(file.toString())) {
        matched = true;
        add(file, index);
      }
    }
    return matched;
  }

  private boolean matchObjects(ObjectPlace place, String pattern, int index) throws IOException {
    ObjectVersion version = place.object().isEmpty() ? null : CloudStorage.version(place);
    if (version != null) {
      add(place, version, index);
      return true;
    }
    GlobPattern glob = GlobPattern.of(pattern);
    if (place.isFolder()) {
      fault(index, Messages.of("pipeline.input.folder", names.of(place)));
      return true;
    }
    if (glob.globs().isEmpty()) {
      return false;
    }
    ObjectPlace base = (ObjectPlace) Place.of(glob.fixed(), folder);
    boolean matched = false;
    for (ObjectWalk.Match match : ObjectWalk.find(pattern, glob, base)) {
      if (isIgnored(match.place().name())) {
        continue;
      }
      matched = true;
      ObjectVersion listed = match.version();
      if (listed == null) {
        fault(index, Messages.of("pipeline.input.folder", names.of(match.place())));
      } else {
        add(match.place(), listed, index);
      }
    }
    return matched;
  }

  private boolean isIgnored(String name) {
    return ignoredEnding != null
        && (name.endsWith(ignoredEnding) || name.endsWith(ignoredEnding + ".gz"));
  }

  private void add(ObjectPlace object, ObjectVersion version, int index) {
    String name = names.of(object);
    FileType type = FileType.ofName(name);
    if (!object.isReachable()) {
      fault(index, Messages.of("pipeline.input.object-name", name));
    } else if (!version.hasCheckSum()) {
      fault(index, Messages.of("pipeline.input.object-key", name));
    } else if (type == null || !types.contains(type)) {
      fault(index, otherType(name));
    } else {
      Pin pin = new Pin(version.generation(), version.crc32c());
      fileByIdentity.putIfAbsent(
          object, new FoundFile(name, object.toString(), version.bytes(), type, index, pin, 0));
    }
  }

  private void add(Path file, int index) {
    String name = names.of(file);
    FileKind kind = FileKind.of(file);
    FileType type = FileType.ofName(name);
    if (kind == FileKind.FOLDER) {
      fault(index, Messages.of("pipeline.input.folder", name));
    } else if (kind != FileKind.REGULAR) {
      fault(index, Messages.of("pipeline.input.kind", name, kind.sentence()));
    } else if (!isText(file)) {
      fault(index, Messages.of("pipeline.input.name", name));
    } else if (type == null || !types.contains(type)) {
      fault(index, otherType(name));
    } else {
      try {
        fileByIdentity.merge(
            identity(file),
            new FoundFile(name, file.toString(), Files.size(file), type, index),
            (one, other) -> one.path().compareTo(other.path()) <= 0 ? one : other);
      } catch (IOException e) {
        fault(index, FoundFiles.unreadable(name, e));
      }
    }
  }

  private String otherType(String name) {
    String endings = types.stream().map(FileType::ending).collect(Collectors.joining(", "));
    return Messages.of("pipeline.input.type", name, endings);
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
}
