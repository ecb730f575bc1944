package dev.attune.page;

import dev.attune.bytes.Sha256;
import dev.attune.schema.ClassResource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The style and the scripts inside a page, so that it opens offline, and the policy that lets a
 * browser apply and run exactly these, by their hashes, and fetch nothing.
 *
 * @param style the style of both pages, then the page's own
 * @param scripts in the order in which they run
 */
public record PageAssets(String style, List<String> scripts) {
  private static final String SHARED = "/dev/attune/page/";

  /** Names a file that is not in the page: a browser's tools would look for it. */
  private static final Pattern SOURCE_MAP = Pattern.compile("\\R//# sourceMappingURL=.*");

  public PageAssets {
    scripts = List.copyOf(scripts);
  }

  /**
   * Reads them from the class path.
   *
   * @param style path of the page's own style
   * @param libraries path of a file that names scripts on the class path, one a line
   * @param script path of the page's own script
   */
  public static PageAssets load(String style, String libraries, String script) {
    List<String> scripts =
        text(libraries)
            .lines()
            .map(path -> SOURCE_MAP.matcher(text("/" + path.strip())).replaceAll(""))
            .collect(Collectors.toList());
    scripts.add(text(SHARED + "page.js"));
    scripts.add(text(script));
    return new PageAssets(text(SHARED + "page.css") + text(style), scripts);
  }

  /** The content security policy of a page with just these. */
  public String policy() {
    String hashes = scripts.stream().map(PageAssets::hash).collect(Collectors.joining(" "));
    return "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hashes);
  }

  private static String text(String path) {
    return ClassResource.text(PageAssets.class, path);
  }

  private static String hash(String text) {
    byte[] digest = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
