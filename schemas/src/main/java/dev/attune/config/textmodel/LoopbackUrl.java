package dev.attune.config.textmodel;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells addresses of this machine from others, without a name service. */
public final class LoopbackUrl {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private LoopbackUrl() {}

  /** Returns whether the host of a URL is {@code localhost} or a literal loopback address. */
  public static boolean isLoopback(@Nullable String url) {
    URI uri = parsed(url);
    return uri != null && uri.getHost() != null && LOOPBACK.matcher(uri.getHost()).matches();
  }

  /** Returns a URL, or null if it is none. */
  static @Nullable URI parsed(@Nullable String url) {
    try {
      return url == null ? null : new URI(url);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
