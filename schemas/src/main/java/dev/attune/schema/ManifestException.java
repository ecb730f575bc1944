package dev.attune.schema;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a file is not a manifest that this version can read. The message is one sentence.
 */
public final class ManifestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String SUBJECT = "The manifest";

  private final boolean newer;

  public ManifestException(String message) {
    this(message, false, null);
  }

  public ManifestException(String message, Throwable cause) {
    this(message, false, cause);
  }

  private ManifestException(String message, boolean newer, @Nullable Throwable cause) {
    super(message, cause);
    this.newer = newer;
  }

  /**
   * Returns one sentence with the manifest's name: what is wrong and what to do.
   *
   * @param file the name of the file
   */
  public String about(String file) {
    String message = String.valueOf(getMessage());
    String what = message.startsWith(SUBJECT) ? message.substring(SUBJECT.length()) : message;
    if (newer) {
      return file + what;
    }
    String end = what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
    return file + end + "; prepare the dataset again.";
  }

  static ManifestException ofNewer(String schemaVersion) {
    return new ManifestException(
        String.format(
            Locale.ROOT,
            "The manifest has schemaVersion %s, and this version of Attune reads up to %d: upgrade"
                + " Attune.",
            Printable.shortened(schemaVersion),
            DatasetManifest.SCHEMA_VERSION),
        true,
        null);
  }

  /**
   * Returns whether a newer version of Attune wrote the manifest. The message then advises to
   * upgrade.
   */
  public boolean isNewer() {
    return newer;
  }
}
