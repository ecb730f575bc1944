package dev.attune.pipeline.write;

import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.rejection.Refusal;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the finalizer is told; at most one of the parts is there. The posting that says
 * nothing makes sure that there is always one.
 */
record Posting(
    @Nullable Tally read,
    @Nullable Tally carried,
    @Nullable ExamplePart examples,
    @Nullable RejectedPart rejected,
    @Nullable Redactions redactions,
    @Nullable Refusal refusal,
    @Nullable String note,
    @Nullable LeftOutByContent leftOut)
    implements Serializable {
  static final Posting NOTHING = new Posting(null, null, null, null, null, null, null, null);

  static Posting of(Tally read) {
    return new Posting(read, null, null, null, null, null, null, null);
  }

  /** What was read of the previous dataset. */
  static Posting ofCarried(Tally carried) {
    return new Posting(null, carried, null, null, null, null, null, null);
  }

  static Posting of(ExamplePart examples) {
    return new Posting(null, null, examples, null, null, null, null, null);
  }

  static Posting of(RejectedPart rejected) {
    return new Posting(null, null, null, rejected, null, null, null, null);
  }

  static Posting of(Redactions redactions) {
    return new Posting(null, null, null, null, redactions, null, null, null);
  }

  static Posting of(Refusal refusal) {
    return new Posting(null, null, null, null, null, refusal, null, null);
  }

  static Posting of(String note) {
    return new Posting(null, null, null, null, null, null, note, null);
  }

  static Posting of(LeftOutByContent leftOut) {
    return new Posting(null, null, null, null, null, null, null, leftOut);
  }
}
