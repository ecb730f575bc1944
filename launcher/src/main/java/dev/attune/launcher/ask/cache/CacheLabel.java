package dev.attune.launcher.ask.cache;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Attune writes into the display name of a context cache, so that the provider alone knows
 * which cache a name means, and every machine finds it: {@code attune/DATASET/NAME/HASH}.
 *
 * @param dataset name of the dataset in attune.yaml; projects do not see each other's caches
 * @param name as the user gave it
 * @param contentHash the first 32 hex digits of the SHA-256 of the content
 */
record CacheLabel(String dataset, String name, String contentHash) {
  /** What a name may be: with it, a display name has at most its 128 characters. */
  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

  private static final Pattern TEXT =
      Pattern.compile("attune/([^/]+)/(" + NAME + ")/([0-9a-f]{32})");

  String text() {
    return "attune/" + dataset + "/" + name + "/" + contentHash;
  }

  /** Returns the label in a display name; empty if Attune did not write it. */
  static Optional<CacheLabel> read(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new CacheLabel(parts.group(1), parts.group(2), parts.group(3)))
        : Optional.empty();
  }
}
