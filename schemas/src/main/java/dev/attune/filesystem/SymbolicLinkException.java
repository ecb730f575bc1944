package dev.attune.filesystem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A symbolic link stands where Attune has a folder or file of its own. Whoever put it there would
 * decide where the content goes. The message is one sentence for people.
 */
public final class SymbolicLinkException extends UnsafePathException {
  private static final long serialVersionUID = 1L;

  private SymbolicLinkException(Path link) {
    super(
        link,
        link
            + " is a symbolic link, and Attune does not write through links: remove it and run"
            + " again.");
  }

  /** Throws this where a path is a symbolic link. */
  public static void refuse(Path path) throws SymbolicLinkException {
    if (Files.isSymbolicLink(path)) {
      throw new SymbolicLinkException(path);
    }
  }

  /**
   * Throws this where one of several folders is a symbolic link.
   *
   * @param base may be one
   * @param names of the folders below it, the innermost last
   */
  public static void refuse(Path base, List<String> names) throws SymbolicLinkException {
    Path folder = base;
    for (String name : names) {
      folder = folder.resolve(name);
      refuse(folder);
    }
  }
}
