package dev.attune.launcher.ledger.password;

import dev.attune.filesystem.UnsafePathException;
import dev.attune.message.Messages;
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
        : Messages.of("launcher.ledger.password-file", file);
  }
}
