package dev.attune.filesystem;

import dev.attune.message.Messages;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Thrown when a folder or file of Attune is a symbolic link, which would redirect what is written.
 * The message is one sentence for the user.
 */
public final class SymbolicLinkException extends UnsafePathException {
  private static final long serialVersionUID = 1L;

  private SymbolicLinkException(Path link) {
    super(link, Messages.of("schemas.path.link", link));
  }

  /** Throws this exception if a path is a symbolic link. */
  public static void refuse(Path path) throws SymbolicLinkException {
    if (Files.isSymbolicLink(path)) {
      throw new SymbolicLinkException(path);
    }
  }
}
