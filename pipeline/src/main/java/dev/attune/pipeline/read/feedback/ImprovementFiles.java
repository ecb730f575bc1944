package dev.attune.pipeline.read.feedback;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Which files hold improvements.
 *
 * @param pattern as configured
 * @param folder of attune.yaml, which a pattern without a scheme is relative to; ends with a slash
 */
record ImprovementFiles(String pattern, String folder) implements Serializable {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+://.*");

  static ImprovementFiles of(String pattern, Path folder) {
    return new ImprovementFiles(pattern, folder.toAbsolutePath().normalize() + "/");
  }

  /** For Beam's file systems. */
  String spec() {
    return SCHEME.matcher(pattern).matches() || Path.of(pattern).isAbsolute()
        ? pattern
        : folder + pattern;
  }

  /** A file's name for people: as the configuration would name it. */
  String nameOf(String file) {
    return file.startsWith(folder) ? file.substring(folder.length()) : file;
  }
}
