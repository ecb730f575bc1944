package dev.attune.pipeline.write;

import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.RejectedPart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input of the last stage.
 *
 * @param kind of the input
 * @param value of the class that the kind names; null for {@link Kind#NOTHING}
 */
record Posting(Kind kind, @Nullable Serializable value) implements Serializable {
  /** Ensures that there is at least one posting. */
  static final Posting NOTHING = new Posting(Kind.NOTHING, null);

  /** The kinds of inputs. */
  enum Kind {
    NOTHING,
    /** A {@code Tally} of records read. */
    READ,
    /** A {@code Tally} of examples read from the previous dataset. */
    CARRIED,
    /** An {@link ExamplePart}. */
    EXAMPLES,
    /** A {@link RejectedPart}. */
    REJECTED,
    /** {@code Redactions}. */
    REDACTIONS,
    /** A {@code Refusal} of the whole run. */
    REFUSAL,
    /** A sentence for the user. */
    NOTE,
    /**
     * A sentence that says why the split cannot be made: one unit leaves no validation examples.
     */
    UNDIVIDED,
    /** A sentence for the report about records that stay together. */
    TOGETHER,
    /** {@code CommonPrompts}. */
    COMMON,
    /** {@code LeftOutByContent}: shingles left out when texts of templates were compared. */
    LEFT_OUT,
    /** {@code ImprovementCounts}. */
    IMPROVEMENTS
  }

  /** Returns the values of a kind. */
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
