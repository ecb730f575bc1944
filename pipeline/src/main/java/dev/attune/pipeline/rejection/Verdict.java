package dev.attune.pipeline.rejection;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;

/** The result of a rule for one example. */
public sealed interface Verdict {

  /** The example is kept, as the rule completed it. */
  record Kept(Example example) implements Verdict {}

  /** The example is rejected. The detail quotes at most 64 characters of it. */
  record Rejected(RejectionReason reason, String detail) implements Verdict {}
}
