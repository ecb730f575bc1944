package dev.attune.config.jdbc;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The place of an H2 file, found once: the same absolute text stands in the URL for H2 and in the
 * path that Attune looks at, so both mean one file. H2 reads a backslash as a slash, a semicolon as
 * the beginning of its options, and expands {@code ~} only in front of a slash; a place that has
 * one of these, in the folder's name also, is refused.
 *
 * @param place absolute, without the ending that H2 adds
 */
public record H2File(Path place) {
  /** What H2 adds to the name of the file with the data. */
  public static final String DATA = ".mv.db";

  /** What H2 adds to the name of the file that a process with AUTO_SERVER writes. */
  public static final String LOCK = ".lock.db";

  private static final String HOME = "~/";

  /**
   * The file of an address.
   *
   * @param written behind {@code jdbc:h2:} or {@code jdbc:h2:file:}, without options
   * @param folder of attune.yaml, in which a relative one stands
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
      throw new IllegalArgumentException(
          "is in a folder with "
              + unfit
              + " in its name, which H2 reads as something else; rename the folder, or name a file"
              + " in another one");
    }
    return file;
  }

  /** Why an address is refused as it is written, as {@link #of} says it; null where it is not. */
  static @Nullable String fault(String written) {
    String unfit = unfit(written);
    if (unfit != null) {
      return "has "
          + unfit
          + " in the address of an H2 database, which H2 reads as something else; write / between"
          + " folders, and printable characters";
    }
    return written.startsWith("~") && !written.startsWith(HOME)
        ? "begins with ~ and no slash behind it; write ~/FILE for your home, ./~FILE for a file of"
            + " that name"
        : null;
  }

  private static @Nullable String unfit(String text) {
    if (text.indexOf('\\') >= 0) {
      return "a backslash";
    }
    return text.chars().anyMatch(Character::isISOControl) ? "a control character" : null;
  }

  /** For the URL: with slashes, as H2 writes paths. */
  public String text() {
    String separator = FileSystems.getDefault().getSeparator();
    return separator.equals("\\") ? place.toString().replace('\\', '/') : place.toString();
  }

  /** The file of the same name with an ending. */
  public Path with(String ending) {
    return place.resolveSibling(place.getFileName() + ending);
  }
}
