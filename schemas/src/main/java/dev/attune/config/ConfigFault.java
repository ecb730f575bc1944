package dev.attune.config;

import java.util.Comparator;

/**
 * One thing that is wrong with attune.yaml.
 *
 * @param line from 1; 0 where it concerns the file as a whole
 * @param key JSON pointer of the key or element, empty for the whole file
 * @param sentence what is wrong and, where it is known, what would be right; never quotes a secret
 */
public record ConfigFault(int line, String key, String sentence) {
  /** By line. */
  public static final Comparator<ConfigFault> ORDER =
      Comparator.comparingInt(ConfigFault::line).thenComparing(ConfigFault::key);
}
