package dev.attune.pipeline.rejection;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * A line of rejected.jsonl. Never holds the record's text.
 *
 * @param id the full id, {@code source:id}
 * @param source feedback, observations or generated
 * @param location {@code file:line}, the file as the configuration names it, or the row
 * @param stage the stage that refused it: read, check, score, dedup or split
 * @param reason why
 * @param detail one fixed sentence, with numbers and names of fields at most. For an unknown
 *     category, it also quotes the first 64 characters of the category
 * @param duplicateOf the full id of the record that was kept instead, or null
 * @param contentHash 32 hex digits, keyed with the dataset's name
 */
public record RejectedRecord(
    String id,
    String source,
    String location,
    String stage,
    RejectionReason reason,
    String detail,
    @Nullable String duplicateOf,
    String contentHash) {

  /** The maximum length of an id. A longer one may be a text and is not written. */
  public static final int LONGEST_ID = 256;

  /** Returns the rejection of an example by a stage, without {@code duplicateOf}. */
  public static RejectedRecord of(
      Example example, String stage, RejectionReason reason, String detail, ContentHash hash) {
    return new RejectedRecord(
        example.id(),
        example.source().key(),
        example.location(),
        stage,
        reason,
        detail,
        null,
        hash.hexOf(example));
  }
}
