package dev.attune.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a media URI that decide whether a format supports it.
 *
 * @param scheme of the URI
 * @param ending of the path, in lower case and without its dot; empty if there is none
 */
public record MediaUri(Scheme scheme, String ending) {

  /** The supported schemes. */
  public enum Scheme {
    /** Cloud Storage: {@code gs://bucket/object}. */
    GS("gs://"),
    /** Any web server: {@code https://host/path}, with a query or without. */
    HTTPS("https://");

    private final String prefix;

    Scheme(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * Parses a URI. Returns null if it has another scheme, no host or no path, a control character or
   * half a surrogate pair; for https also if it has white space.
   */
  public static @Nullable MediaUri parse(String uri) {
    for (Scheme scheme : Scheme.values()) {
      if (uri.startsWith(scheme.prefix) && charactersAreFine(uri, scheme)) {
        int path = uri.indexOf('/', scheme.prefix.length());
        int end = scheme == Scheme.HTTPS ? endOfPath(uri) : uri.length();
        if (path > scheme.prefix.length() && path + 1 < end) {
          return new MediaUri(scheme, endingOf(uri, path, end));
        }
      }
    }
    return null;
  }

  private static String endingOf(String uri, int path, int end) {
    String name = uri.substring(Math.max(path, uri.lastIndexOf('/', end - 1)) + 1, end);
    return name.substring(name.lastIndexOf('.') + 1).length() == name.length()
        ? ""
        : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static int endOfPath(String uri) {
    int fragment = uri.indexOf('#');
    int end = fragment < 0 ? uri.length() : fragment;
    int query = uri.indexOf('?');
    return query < 0 ? end : Math.min(end, query);
  }

  private static boolean charactersAreFine(String uri, Scheme scheme) {
    return uri.codePoints()
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || Character.getType(c) == Character.SURROGATE
                    || (scheme == Scheme.HTTPS && isSpace(c)));
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
