package dev.attune.page;

import dev.attune.bytes.Sha256;
import dev.attune.schema.ClassResource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The style and scripts of a page that opens offline, and a content security policy that allows
 * only these, by their hashes, and no requests.
 *
 * @param style the style of both pages, then the page's own
 * @param scripts in the order in which they run
 */
public record PageAssets(String style, List<String> scripts) {
  private static final String SHARED = "/dev/attune/page/";

  /** Matches the reference to a source map, which a browser's tools would request. */
  private static final Pattern SOURCE_MAP = Pattern.compile("\\R//# sourceMappingURL=.*");

  public PageAssets {
    scripts = List.copyOf(scripts);
  }

  /**
   * Reads the assets of a page: NAME.css, NAME.js and chart-library.txt in the package of a class.
   *
   * @param name the name of the page
   */
  public static PageAssets beside(Class<?> page, String name) {
    String folder = "/" + page.getPackageName().replace('.', '/') + "/";
    return load(folder + name + ".css", folder + "chart-library.txt", folder + name + ".js");
  }

  /**
   * Reads the assets from the class path.
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

  /** Returns the content security policy of a page with these assets. */
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
