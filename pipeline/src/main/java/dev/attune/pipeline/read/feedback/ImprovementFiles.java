package dev.attune.pipeline.read.feedback;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Which files hold improvements.
 *
 * @param pattern as configured
 * @param folder of attune.yaml, which a pattern may be relative to; ends with a slash
 */
record ImprovementFiles(String pattern, String folder) implements Serializable {
  /** With a scheme, from the root, or on a drive. */
  private static final Pattern ABSOLUTE =
      Pattern.compile("([a-z][a-z0-9+.-]+://|/|[a-zA-Z]:[/\\\\]).*");

  static ImprovementFiles of(String pattern, Path folder) {
    String path = folder.toAbsolutePath().normalize().toString();
    return new ImprovementFiles(pattern, path.endsWith("/") ? path : path + "/");
  }

  /** For Beam's file systems. */
  String spec() {
    return ABSOLUTE.matcher(pattern).matches() ? pattern : folder + pattern;
  }

  /** A file's name for people: as the configuration would name it. */
  String nameOf(String file) {
    return file.startsWith(folder) ? file.substring(folder.length()) : file;
  }
}
