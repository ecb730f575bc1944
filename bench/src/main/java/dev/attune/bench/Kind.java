package dev.attune.bench;

import org.jspecify.annotations.Nullable;

/** What a generated record is like, and the reason for which it must be rejected, if any. */
enum Kind {
  /** Nothing is wrong with it, and others may be copies of it. */
  CLEAN(null),
  /** Nothing is wrong with it, and nothing is a copy of it. */
  PLAIN(null),
  /** The text of another record of the same child, perhaps in other letters. */
  COPY_OF_MATE("EXACT_DUPLICATE"),
  /** The text of any other record. */
  COPY("EXACT_DUPLICATE"),
  /** The text of another record of the same child, with other categories. */
  CONFLICT("CONFLICTING_CATEGORIES"),
  /** The text of another record of the same child, but for a few words. */
  NEAR("NEAR_DUPLICATE"),
  /** The text of another record of the same child, but for more words. */
  ALIKE(null),
  /** The id of the record before it. */
  SAME_ID("DUPLICATE_ID"),
  TOO_LARGE("RECORD_TOO_LARGE"),
  BAD_BYTE("INVALID_ENCODING"),
  MALFORMED("MALFORMED_RECORD"),
  NO_TEXT("MISSING_FIELD"),
  BAD_TIME("SCHEMA_VIOLATION"),
  UNKNOWN("UNKNOWN_CATEGORY"),
  MEDIA("UNSUPPORTED_MEDIA"),
  TOO_LONG("TOO_MANY_TOKENS"),
  POOR("LOW_QUALITY"),
  NO_RATING("INVALID_RATING"),
  NEUTRAL("NEUTRAL_RATING"),
  NO_COMMENT("LOW_RATING_WITHOUT_COMMENT"),
  NOT_IMPROVED("IMPROVEMENT_MISSING");

  private final @Nullable String reason;

  Kind(@Nullable String reason) {
    this.reason = reason;
  }

  @Nullable String reason() {
    return reason;
  }

  /** Whether its text is another record's. */
  boolean copies() {
    return this == COPY_OF_MATE || this == COPY || this == CONFLICT;
  }

  /** Whether its text is made from another record's. */
  boolean imitates() {
    return this == NEAR || this == ALIKE;
  }
}
