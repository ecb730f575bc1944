package dev.attune.place;

import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A path of this machine.
 *
 * @param absolute and normalized, as text, so that it can be passed on to workers
 */
public record LocalPlace(String absolute) implements Place {
  LocalPlace(Path path) {
    this(path.toAbsolutePath().normalize().toString());
  }

  public Path path() {
    return Path.of(absolute);
  }

  @Override
  public LocalPlace resolve(String name) {
    return new LocalPlace(path().resolve(name));
  }

  @Override
  public @Nullable LocalPlace folder() {
    Path parent = path().getParent();
    return parent == null ? null : new LocalPlace(parent);
  }

  @Override
  public String name() {
    Path name = path().getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public boolean isFile() {
    return Files.isRegularFile(path());
  }

  @Override
  public boolean isFolder() {
    return Files.isDirectory(path());
  }

  @Override
  public long size() throws IOException {
    return Files.size(path());
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path());
  }

  @Override
  public void replace(byte[] content) throws IOException {
    AtomicFile.replace(path(), FileMode.PRIVATE, content);
  }

  @Override
  public String toString() {
    return absolute;
  }
}
