package dev.attune.schema;

import dev.attune.message.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a file is not a manifest that this version can read. The message is one sentence.
 */
public final class ManifestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String SUBJECT = "The manifest";

  private final boolean newer;

  ManifestException(String message, boolean newer, @Nullable Throwable cause) {
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
    return Messages.of("schemas.manifest.prepare-again", file + end);
  }

  /**
   * Returns whether a newer version of Attune wrote the manifest. The message then advises to
   * upgrade.
   */
  public boolean isNewer() {
    return newer;
  }
}
