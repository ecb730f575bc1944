package dev.attune.pipeline.write;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the finalizer is told.
 *
 * @param kind what it is
 * @param value of the class that the kind names; null of nothing
 */
record Posting(Kind kind, @Nullable Serializable value) implements Serializable {
  /** Makes sure that there is always one posting. */
  static final Posting NOTHING = new Posting(Kind.NOTHING, null);

  /** What the finalizer can be told. */
  enum Kind {
    NOTHING,
    /** A {@code Tally} of what was read. */
    READ,
    /** A {@code Tally} of what was read of the previous dataset. */
    CARRIED,
    /** An {@link ExamplePart}. */
    EXAMPLES,
    /** A {@link RejectedPart}. */
    REJECTED,
    /** {@code Redactions}. */
    REDACTIONS,
    /** A {@code Refusal} of the whole run. */
    REFUSAL,
    /** A sentence that a person should see at once. */
    NOTE,
    /** Why there is no dataset: one unit that leaves no validation. */
    UNDIVIDED,
    /** A sentence for the report about what stays together. */
    TOGETHER,
    /** {@code CommonPrompts}. */
    COMMON,
    /** {@code LeftOutByContent}: what was left out where texts of templates were compared. */
    LEFT_OUT,
    /** {@code ImprovementCounts}. */
    IMPROVEMENTS
  }

  /** The values of a kind. */
  static <T> List<T> values(Kind kind, Class<T> type, List<Posting> postings) {
    List<T> values = new ArrayList<>();
    for (Posting posting : postings) {
      if (posting.kind == kind) {
        values.add(type.cast(posting.value));
      }
    }
    return values;
  }
}
