package dev.attune.launcher.evaluation.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands inside the page so that it opens offline, and the policy that lets a browser run and
 * apply just these by their hashes, and fetch nothing.
 *
 * @param libraries Chart.js and its plugin for labels
 * @param script draws the confusion matrix with them
 */
record PageAssets(String style, List<String> libraries, String script) {
  private static final String OWN = "/dev/attune/launcher/evaluation/report/";

  /** Names a file that is not in the page: a browser's tools would look for it. */
  private static final Pattern SOURCE_MAP = Pattern.compile("\\R//# sourceMappingURL=.*");

  PageAssets {
    libraries = List.copyOf(libraries);
  }

  /** Reads them from the class path. */
  static PageAssets load() {
    List<String> libraries =
        text(OWN + "chart-libraries.txt")
            .lines()
            .map(path -> SOURCE_MAP.matcher(text("/" + path)).replaceAll("").strip())
            .toList();
    return new PageAssets(text(OWN + "evaluation.css"), libraries, text(OWN + "evaluation.js"));
  }

  /** The content security policy of a page with just these. */
  String policy() {
    String scripts = libraries.stream().map(PageAssets::hash).collect(Collectors.joining(" "));
    return "default-src 'none'; style-src %s; script-src %s %s; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), scripts, hash(script));
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
