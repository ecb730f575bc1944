package dev.attune.launcher.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.LockFile;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one job. Whoever holds its lock may write job.json and the model; anybody may read,
 * and ask for the job's end.
 *
 * @param path absolute; its last name is the job's
 */
record JobFolder(Path path) {
  private static final String STATE = "job.json";
  private static final String MODEL = "model.tribuo";
  private static final String CANCEL = "cancel";
  private static final String LOCK = "lock";

  /**
   * The job as it is now.
   *
   * @throws IOException if there is none, or its file is damaged; the message is one sentence
   */
  LocalJob read() throws IOException {
    Path file = file(STATE);
    byte[] json = Files.readAllBytes(file);
    try {
      return LocalJob.read(json);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged; without its folder the job is forgotten", e);
    }
  }

  void write(LocalJob job) throws IOException {
    AtomicFile.replace(file(STATE), FileMode.PRIVATE, job.toJson());
  }

  /** A file of the job, whose folder must be neither a link nor another user's. */
  private Path file(String name) throws UnsafePathException {
    Path jobs = path.getParent();
    if (jobs != null) {
      requireOwn(jobs);
    }
    requireOwn(path);
    return path.resolve(name);
  }

  /** Refuses a folder in which another user could exchange files. */
  static void requireOwn(Path folder) throws UnsafePathException {
    OwnPath.requireFolder(folder, "ledger.jdbcUrl");
  }

  /** Where the model stands once the job has succeeded. */
  Path model() {
    return path.resolve(MODEL);
  }

  /** The right to write. */
  @Nullable LockFile tryLock() throws IOException {
    return LockFile.tryLock(file(LOCK));
  }

  /** Whether somebody asked for the job's end. */
  boolean isCancelAsked() {
    return Files.exists(path.resolve(CANCEL));
  }

  /** Asks whoever trains the job for its end. */
  void askCancel() throws IOException {
    try {
      FileMode.PRIVATE.create(file(CANCEL)).close();
    } catch (FileAlreadyExistsException e) {
      // Somebody asked before.
      return;
    }
  }
}
