package dev.attune.pipeline.example;

/** Why a record is not an example. If several reasons apply, the first in this order counts. */
public enum RejectionReason {
  RECORD_TOO_LARGE(true, "The record is larger than limits.recordBytes."),
  INVALID_ENCODING(true, "The record is not valid UTF-8."),
  MALFORMED_RECORD(true, "The record cannot be parsed."),
  MISSING_FIELD(true, "A required field is absent, null or blank."),
  SCHEMA_VIOLATION(true, "A field has another type or shape than the schema's."),
  INVALID_RATING(true, "The rating is not a whole number from 1 to 5."),
  NEUTRAL_RATING(false, "The rating is 3."),
  LOW_RATING_WITHOUT_COMMENT(false, "The rating is 1 or 2 and there is no comment."),
  IMPROVEMENT_MISSING(false, "The rating is 1 or 2 and no improvement has this id."),
  UNKNOWN_CATEGORY(true, "The taxonomy does not know this category."),
  UNSUPPORTED_MEDIA(true, "The media URI or its type is not supported by the format."),
  TOO_MANY_TOKENS(false, "The example has more tokens than the limit."),
  LOW_QUALITY(false, "The quality is below quality.minimum."),
  DUPLICATE_ID(false, "Another record of this source has this id and other content."),
  CONFLICTING_CATEGORIES(false, "The same prompt has other categories more often."),
  EXACT_DUPLICATE(false, "Another record has the same normal form."),
  NEAR_DUPLICATE(false, "Another record is at least duplicates.similarity like it."),
  SPLIT_CONFLICT(false, "Its unit joins both splits of the previous dataset."),
  OVER_CAPACITY(false, "The dataset is full: it takes no more examples, bytes or unit.");

  private final boolean faulty;
  private final String sentence;

  RejectionReason(boolean faulty, String sentence) {
    this.faulty = faulty;
    this.sentence = sentence;
  }

  /** Returns whether the record is faulty and counts for limits.rejectedFraction. */
  public boolean faulty() {
    return faulty;
  }

  /** Returns the fixed sentence in rejected.jsonl. It never quotes the record. */
  public String sentence() {
    return sentence;
  }
}
