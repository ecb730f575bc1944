package dev.attune.launcher.ledger.password;

import dev.attune.filesystem.UnsafePathException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The file with the ledger's password cannot be read or written. The message is one sentence. */
public final class PasswordFileException extends SQLException {
  private static final long serialVersionUID = 1L;

  PasswordFileException(Path file, IOException cause) {
    super(sentence(file, cause), cause);
  }

  private static String sentence(Path file, IOException cause) {
    return cause instanceof UnsafePathException
        ? String.valueOf(cause.getMessage())
        : ("Cannot read or write %s, which holds the ledger's password: allow this user to read and"
                + " write it and its folder.")
            .formatted(file);
  }
}
