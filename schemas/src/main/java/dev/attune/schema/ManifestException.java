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
    String sentence = file + String.valueOf(getMessage()).substring(SUBJECT.length());
    return newer
        ? sentence
        : Messages.of("schemas.manifest.prepare-again", sentence.replaceFirst("\\.$", ""));
  }

  /**
   * Returns whether a newer version of Attune wrote the manifest. The message then advises to
   * upgrade.
   */
  public boolean isNewer() {
    return newer;
  }
}
