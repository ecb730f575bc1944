package dev.attune.pipeline.run;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.FileTree;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder of one run on this machine, and the lock of its id against a second run on it.
 * Each run removes the temporary folders that killed runs left in the same parent.
 */
final class WorkFolder implements AutoCloseable {
  // One lock file for all runs of a dataset; each run id locks one byte of it.
  private static final String LOCK_FILE = ".attune.lock";

  private static final String TEMPORARY = ".tmp.";

  // Workers of a lost cluster may continue to write for some seconds.
  private static final int REMOVALS = 20;
  private static final long PAUSE_MILLIS = 250;

  private final Path parent;
  private final String id;
  private final Path temporary;
  private final FileChannel lockFile;

  private WorkFolder(Path parent, String id, Path temporary, FileChannel lockFile) {
    this.parent = parent;
    this.id = id;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /**
   * Locks an id and creates the temporary folder, which is private.
   *
   * @param parent itself no link
   * @param id a name without dots and slashes
   * @param mode of new parents
   * @param setting of the user that sets the parent
   * @return null if another run uses the id
   * @throws UnsafePathException if a folder is a link or can be changed by other users, or the lock
   *     file is not a regular file
   * @throws PrepareRefusedException if a folder cannot be written
   */
  static @Nullable WorkFolder open(Path parent, String id, FileMode mode, String setting)
      throws PrepareRefusedException, UnsafePathException {
    try {
      OwnPath.requireFolder(parent, setting);
      mode.createFolders(parent);
      OwnPath.requireFolder(parent, setting);
      FileChannel lockFile = FileMode.PRIVATE.open(parent.resolve(LOCK_FILE));
      if (tryLock(lockFile, id) == null) {
        lockFile.close();
        return null;
      }
      removeAbandoned(parent, id, lockFile);
      Path temporary = parent.resolve(TEMPORARY + id + "." + UUID.randomUUID());
      FileMode.PRIVATE.createFolder(temporary);
      return new WorkFolder(parent, id, temporary, lockFile);
    } catch (UnsafePathException e) {
      throw e;
    } catch (IOException e) {
      throw new PrepareRefusedException(
          Messages.of("pipeline.run.unwritable", parent, reason(e), setting), e);
    }
  }

  /** Returns the reason of a failure, without the name of a Java class. */
  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException file) {
      return Messages.of("pipeline.run.reason-file", file.getFile());
    }
    if (e instanceof AccessDeniedException) {
      return Messages.of("pipeline.run.reason-denied");
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? Messages.of("pipeline.run.reason-unknown") : reason;
  }

  private static @Nullable FileLock tryLock(FileChannel lockFile, String id) throws IOException {
    // Two run ids of a dataset share a byte with probability 2^-62; they then exclude each other.
    long position =
        UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits() >>> 2;
    try {
      return lockFile.tryLock(position, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Returns the folder of the temporary files. */
  Path temporary() {
    return temporary;
  }

  /** Removes the temporary folder, removes abandoned folders once more, and unlocks the id. */
  @Override
  public void close() throws IOException {
    try (lockFile) {
      removeTree(temporary);
      removeAbandoned(parent, id, lockFile);
    }
  }

  /** Removes temporary folders of ids whose byte can be locked: their runs have ended. */
  private static void removeAbandoned(Path parent, String own, FileChannel lockFile)
      throws IOException {
    try (var folders = Files.newDirectoryStream(parent, TEMPORARY + "*.*")) {
      for (Path folder : folders) {
        String name = folder.getFileName().toString();
        String runId = name.substring(TEMPORARY.length(), name.lastIndexOf('.'));
        if (runId.equals(own)) {
          removeTree(folder);
          continue;
        }
        FileLock lock = tryLock(lockFile, runId);
        if (lock != null) {
          removeTree(folder);
          lock.release();
        }
      }
    }
  }

  /** Removes a folder, with retries while workers still write to it; the next run does the rest. */
  private static void removeTree(Path root) throws IOException {
    for (int removal = 1; Files.exists(root); removal++) {
      try {
        FileTree.delete(root);
      } catch (DirectoryNotEmptyException e) {
        if (removal == REMOVALS) {
          return;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
