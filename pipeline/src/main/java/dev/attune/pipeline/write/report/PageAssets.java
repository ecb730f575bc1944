package dev.attune.pipeline.write.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What stands inside the page so that it opens offline, and the policy that lets a browser run and
 * apply just these by their hashes, and fetch nothing.
 *
 * @param library Chart.js
 * @param script draws the charts with it
 */
record PageAssets(String style, String library, String script) {
  /** Names a file that is not in the page: a browser's tools would look for it. */
  private static final Pattern SOURCE_MAP = Pattern.compile("\\R//# sourceMappingURL=.*");

  /** Reads them from the class path. */
  static PageAssets load() {
    String libraryPath = own("chart-library.txt").strip();
    return new PageAssets(
        own("report.css"),
        SOURCE_MAP.matcher(text("/" + libraryPath)).replaceAll(""),
        own("report.js"));
  }

  /** The content security policy of a page with just these. */
  String policy() {
    return "default-src 'none'; style-src %s; script-src %s %s; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(library), hash(script));
  }

  private static String own(String name) {
    return text("/dev/attune/pipeline/write/report/" + name);
  }

  private static String text(String path) {
    try (InputStream in = PageAssets.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The class path has no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + " from the class path", e);
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
