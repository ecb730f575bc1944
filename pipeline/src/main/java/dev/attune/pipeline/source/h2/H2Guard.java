package dev.attune.pipeline.source.h2;

import dev.attune.filesystem.Swappable;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens H2 files that others wrote. Inspects a file directly before it is opened, requires that no
 * other user can replace it, and checks afterwards that it is the same. One file at a time in a
 * process, because H2 locks a file that is inspected.
 */
public final class H2Guard {
  /** The state of files at their inspection in this process. */
  private static final Map<Path, Map<String, Object>> INSPECTED = new HashMap<>();

  private H2Guard() {}

  /** Opens the file with H2. */
  public interface Opening {
    Connection open() throws SQLException;
  }

  /**
   * Opens a file.
   *
   * @param data the {@code .mv.db} file
   * @param name for sentences
   * @throws H2FileContents.InUseException if another process has it open
   * @throws SourceException if it does not exist, contains a program, or another user could replace
   *     it
   */
  public static Connection open(Path data, String name, Opening opening)
      throws SourceException, SQLException, H2FileContents.InUseException {
    synchronized (INSPECTED) {
      if (!Files.isRegularFile(data)) {
        throw new SourceException(Messages.of("pipeline.database.no-database", name));
      }
      requireOwn(data, name);
      Map<String, Object> before = state(data, name);
      if (!before.equals(INSPECTED.get(data))) {
        refusePrograms(data, name);
        INSPECTED.put(data, before);
      }
      Connection connection = opening.open();
      if (!before.equals(state(data, name))) {
        connection.close();
        throw new SourceException(Messages.of("pipeline.h2.changed", name));
      }
      return connection;
    }
  }

  /** Refuses a file that another user of the machine could replace. */
  public static void requireOwn(Path file, String name) throws SourceException {
    Swappable.Cause cause;
    try {
      cause = Swappable.cause(file);
    } catch (IOException e) {
      throw new SourceException(Messages.of("pipeline.h2.folders-unreadable", name), e);
    }
    if (cause != null) {
      throw new SourceException(Messages.of("pipeline.h2.swappable", name, cause.described()));
    }
  }

  /** Refuses a file with code that H2 would run. */
  private static void refusePrograms(Path data, String name)
      throws SourceException, H2FileContents.InUseException {
    try {
      Optional<String> program = H2FileContents.program(data);
      if (program.isPresent()) {
        throw new SourceException(Messages.of("pipeline.h2.program", name, program.orElseThrow()));
      }
    } catch (H2FileContents.InUseException e) {
      throw e;
    } catch (IOException e) {
      throw new SourceException(Messages.of("pipeline.h2.damaged", name), e);
    }
  }

  /** Returns attributes that differ if the file was replaced or written. */
  private static Map<String, Object> state(Path data, String name) throws SourceException {
    boolean unix = data.getFileSystem().supportedFileAttributeViews().contains("unix");
    try {
      return Files.readAttributes(
          data, unix ? "unix:dev,ino,size,lastModifiedTime,ctime" : "size,lastModifiedTime");
    } catch (IOException e) {
      throw new SourceException(Messages.of("pipeline.h2.unreadable", name), e);
    }
  }
}
