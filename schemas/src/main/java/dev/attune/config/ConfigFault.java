package dev.attune.config;

import java.util.Comparator;

/**
 * A fault of attune.yaml.
 *
 * @param line from 1; 0 for a fault of the file as a whole
 * @param key JSON pointer of the key or element, empty for the whole file
 * @param sentence what is wrong and, if known, how to correct it; never quotes a secret
 */
public record ConfigFault(int line, String key, String sentence) {
  /** Compares by line, then by key. */
  public static final Comparator<ConfigFault> ORDER =
      Comparator.comparingInt(ConfigFault::line).thenComparing(ConfigFault::key);
}
