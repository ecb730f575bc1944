package dev.attune.config.jdbc;

import dev.attune.message.Messages;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The path of an H2 file. The same absolute path is used in the URL for H2 and by Attune, so that
 * both use one file. H2 reads a backslash as a slash, a semicolon as the start of its options, and
 * expands {@code ~} only before a slash; a path with one of these, also in a folder's name, is
 * refused.
 *
 * @param place the absolute path without the ending that H2 adds
 */
public record H2File(Path place) {
  /** The ending of the data file. */
  public static final String DATA = ".mv.db";

  /** The ending of the lock file that a process with AUTO_SERVER writes. */
  public static final String LOCK = ".lock.db";

  private static final String HOME = "~/";

  /**
   * Returns the file of an address.
   *
   * @param written the address after {@code jdbc:h2:} or {@code jdbc:h2:file:}, without options
   * @param folder the folder of attune.yaml, to which an address is relative
   * @throws IllegalArgumentException if H2 might open another file; the message is a sentence
   *     without its subject, such as "has a semicolon …"
   */
  public static H2File of(String written, Path folder) {
    String fault = fault(written);
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
    Path place =
        written.startsWith(HOME)
            ? Path.of(System.getProperty("user.home")).resolve(written.substring(HOME.length()))
            : folder.resolve(written);
    H2File file = new H2File(place.toAbsolutePath().normalize());
    String text = file.text();
    String unfit = text.indexOf(';') >= 0 ? "a semicolon" : unfit(text);
    if (unfit != null) {
      throw new IllegalArgumentException(Messages.of("schemas.jdbc.file-folder", unfit));
    }
    return file;
  }

  /** Returns why an address is refused, in the form of {@link #of}, or null. */
  static @Nullable String fault(String written) {
    String unfit = unfit(written);
    if (unfit != null) {
      return Messages.of("schemas.jdbc.file-character", unfit);
    }
    return written.startsWith("~") && !written.startsWith(HOME)
        ? Messages.of("schemas.jdbc.file-home")
        : null;
  }

  private static @Nullable String unfit(String text) {
    if (text.indexOf('\\') >= 0) {
      return "a backslash";
    }
    return text.chars().anyMatch(Character::isISOControl) ? "a control character" : null;
  }

  /** Returns the path for the URL, with slashes. */
  public String text() {
    String separator = FileSystems.getDefault().getSeparator();
    return separator.equals("\\") ? place.toString().replace('\\', '/') : place.toString();
  }

  /** Returns the file with an ending. */
  public Path with(String ending) {
    return place.resolveSibling(place.getFileName() + ending);
  }
}
