package dev.attune.pipeline.accounting;

import java.util.Locale;

/** Kinds of personal data, in the order in which they are told about. */
public enum PersonalKind {
  EMAIL,
  PHONE,
  CARD,
  IBAN,
  IP;

  private final String placeholder = "[" + name() + "]";

  /** As it stands in attune.yaml and in the manifest. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What stands in a text in its place, e.g. {@code [EMAIL]}. No kind is found in it. */
  public String placeholder() {
    return placeholder;
  }

  /**
   * The kind with this key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PersonalKind of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
