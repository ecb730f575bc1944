package dev.attune.runner.spill;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run's temporary files, readable by its owner only. It is created when the first
 * file is, and deleted by {@link #close}. Beside it lies a file that the run keeps locked: a folder
 * whose lock is free was left by a killed process and is deleted by {@link #deleteAbandoned}.
 */
public final class SpillFolder implements Closeable {
  private static final String PREFIX = "beam-local-";
  private static final String LOCK = ".lock";

  /**
   * The lock files of this process's runs. They must not be opened a second time: closing any
   * channel of a file releases all locks that the process has on it.
   */
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private final Path parent;
  private final List<SpillFile> files = new ArrayList<>();
  private @Nullable Path folder;
  private @Nullable Path lockFile;
  private @Nullable FileChannel lockChannel;
  private @Nullable Thread hook;
  private boolean closed;

  /** Names the folder in which the run's own folder is created. */
  public SpillFolder(Path parent) {
    this.parent = parent;
  }

  /** Deletes the folders of processes that have ended, in {@code parent}. */
  public static void deleteAbandoned(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
      locks.forEach(found::add);
    }
    if (!found.isEmpty()) {
      UserPrincipal self = owner(parent);
      for (Path lock : found) {
        if (!IN_USE.contains(lock.toAbsolutePath().normalize())
            && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
          deleteIfAbandoned(lock, self);
        }
      }
    }
  }

  /** Who owns the files that this process creates. */
  private static UserPrincipal owner(Path parent) throws IOException {
    Path probe = Files.createTempFile(parent, PREFIX, ".probe");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  /** Deletes nothing of other users: in a shared folder anybody may create such a name. */
  private static void deleteIfAbandoned(Path lockFile, UserPrincipal self) throws IOException {
    try {
      if (self.equals(Files.getOwner(lockFile, LinkOption.NOFOLLOW_LINKS))) {
        deleteUnlessLocked(lockFile, self);
      }
    } catch (OverlappingFileLockException | NoSuchFileException inUse) {
      // Another run of this process holds it, or another process deletes it at this moment.
      return;
    }
  }

  private static void deleteUnlessLocked(Path lockFile, UserPrincipal self) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        String name = lockFile.getFileName().toString();
        Path left = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
        if (!Files.exists(left, LinkOption.NOFOLLOW_LINKS)
            || self.equals(Files.getOwner(left, LinkOption.NOFOLLOW_LINKS))) {
          delete(left);
          Files.deleteIfExists(lockFile);
        }
      }
    }
  }

  /** Creates an empty file. */
  public synchronized SpillFile newFile() throws IOException {
    if (closed) {
      throw new IOException("The run has ended.");
    }
    try {
      if (folder == null) {
        folder = createLocked();
      }
      SpillFile file = new SpillFile(folder.resolve(files.size() + ".spill"));
      files.add(file);
      return file;
    } catch (IOException e) {
      throw new IOException(
          "No temporary file can be created in %s. Set --localTempFolder to a writable folder."
              .formatted(folder == null ? parent : folder),
          e);
    }
  }

  private Path createLocked() throws IOException {
    Files.createDirectories(parent);
    while (true) {
      String name = PREFIX + UUID.randomUUID();
      Path lock = parent.resolve(name + LOCK).toAbsolutePath().normalize();
      lockFile = lock;
      IN_USE.add(lock);
      FileChannel channel =
          FileChannel.open(
              lock,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly("rw-------"));
      lockChannel = channel;
      // Another process may have taken the new file for an abandoned one.
      if (channel.tryLock() != null && Files.exists(lock)) {
        Path created = parent.resolve(name);
        try {
          Files.createDirectory(created, ownerOnly("rwx------"));
        } catch (FileAlreadyExistsException impossible) {
          throw new IOException("The folder " + created + " exists already.", impossible);
        }
        hook = new Thread(this::deleteQuietly, "delete " + created);
        Runtime.getRuntime().addShutdownHook(hook);
        return created;
      }
      channel.close();
      IN_USE.remove(lock);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Deletes the folder and everything in it. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (SpillFile file : files) {
      file.close();
    }
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // The hook runs now; deleting twice does no harm.
      }
      hook = null;
    }
    deleteAll();
  }

  private void deleteAll() throws IOException {
    if (folder != null) {
      delete(folder);
    }
    if (lockFile != null) {
      Files.deleteIfExists(lockFile);
    }
    if (lockChannel != null) {
      lockChannel.close();
    }
    if (lockFile != null) {
      IN_USE.remove(lockFile);
    }
  }

  private void deleteQuietly() {
    try {
      deleteAll();
    } catch (IOException left) {
      // The process ends; the next run deletes it.
      return;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.toList();
    }
    for (Path entry : entries) {
      Files.deleteIfExists(entry);
    }
    Files.deleteIfExists(folder);
  }
}
