package dev.attune.pipeline.accounting;

import java.util.Locale;

/** The kinds of personal data, in the order in which they are reported. */
public enum PersonalKind {
  EMAIL,
  PHONE,
  CARD,
  IBAN,
  IP;

  private final String placeholder = "[" + name() + "]";

  /** Returns the name in attune.yaml and in the manifest. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the text that replaces a match, e.g. {@code [EMAIL]}; it contains no match. */
  public String placeholder() {
    return placeholder;
  }

  /**
   * Returns the kind with a key.
   *
   * @throws IllegalArgumentException if the key is unknown
   */
  public static PersonalKind of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
