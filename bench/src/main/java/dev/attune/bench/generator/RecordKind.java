package dev.attune.bench.generator;

import org.jspecify.annotations.Nullable;

/** The kind of a generated record, with the reason for which it must be rejected, if any. */
enum RecordKind {
  /** A faultless record, of which others may be copies. */
  CLEAN(null),
  /** A faultless record without copies. */
  PLAIN(null),
  /** Has the text of another record of the same child, possibly in another spelling. */
  COPY_OF_MATE("EXACT_DUPLICATE"),
  /** Has the text of any other record. */
  COPY("EXACT_DUPLICATE"),
  /** Has the text of another record of the same child, with other categories. */
  CONFLICT("CONFLICTING_CATEGORIES"),
  /** Has the text of another record of the same child, except for a few words. */
  NEAR("NEAR_DUPLICATE"),
  /** Has the text of another record of the same child, except for more words. */
  ALIKE(null),
  /** Has the id of the previous record. */
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

  RecordKind(@Nullable String reason) {
    this.reason = reason;
  }

  @Nullable String reason() {
    return reason;
  }

  /** Returns whether the text is that of another record. */
  boolean copies() {
    return this == COPY_OF_MATE || this == COPY || this == CONFLICT;
  }

  /** Returns whether the text is made from that of another record. */
  boolean imitates() {
    return this == NEAR || this == ALIKE;
  }
}
