package dev.attune.launcher.promotion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next content of a file, on the disk beside it: in the same folder, so that renaming is
 * atomic, with its mode, owner and group. Closing removes it unless it was renamed.
 */
final class StagedFile implements AutoCloseable {
  private static final String SUFFIX = ".attune-tmp";

  /** Of a process that was killed: no living one takes so long between writing and renaming. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(10);

  private final Path staged;
  private final Path target;

  private StagedFile(Path staged, Path target) {
    this.staged = staged;
    this.target = target;
  }

  /** Stages bytes; they are on the disk when this returns. */
  static StagedFile beside(Path target, byte[] bytes) throws IOException {
    Path folder = folder(target);
    PosixFileAttributes like = attributes(target);
    // For its owner alone until it has the mode of the file: it may hold secrets.
    FileAttribute<?>[] ownerAlone =
        Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path staged = Files.createTempFile(folder, target.getFileName() + ".", SUFFIX, ownerAlone);
    StagedFile file = new StagedFile(staged, target);
    try {
      write(staged, bytes, like);
      removeLeftBehind(staged, target);
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Puts it in the place of the file. */
  void rename() throws IOException {
    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(folder(target), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Some systems open no folder. The name is changed all the same; a power cut may undo that.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(staged);
  }

  private static void write(Path staged, byte[] bytes, @Nullable PosixFileAttributes like)
      throws IOException {
    if (like != null) {
      adopt(staged, like);
    }
    try (FileChannel channel =
        FileChannel.open(staged, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static void adopt(Path staged, PosixFileAttributes like) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(staged, PosixFileAttributeView.class);
    PosixFileAttributes own = view.readAttributes();
    try {
      if (!own.owner().equals(like.owner())) {
        view.setOwner(like.owner());
      }
      if (!own.group().equals(like.group())) {
        view.setGroup(like.group());
      }
    } catch (FileSystemException e) {
      throw new FileSystemException(
          e.getFile(),
          null,
          "it belongs to %s:%s, which this user may not give files to"
              .formatted(like.owner().getName(), like.group().getName()));
    }
    view.setPermissions(like.permissions());
  }

  private static @Nullable PosixFileAttributes attributes(Path target) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    try {
      return view == null ? null : view.readAttributes();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Copies of the file's secrets that killed processes left; their age by the disk's own clock. */
  private static void removeLeftBehind(Path staged, Path target) throws IOException {
    Instant old = Files.getLastModifiedTime(staged).toInstant().minus(LEFT_BEHIND);
    String name = target.getFileName() + ".";
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(
            folder(target),
            path -> {
              String other = String.valueOf(path.getFileName());
              return other.startsWith(name) && other.endsWith(SUFFIX);
            })) {
      for (Path path : beside) {
        if (Files.isRegularFile(path)
            && Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static Path folder(Path target) {
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("not an absolute path of a file: " + target);
    }
    return folder;
  }
}
