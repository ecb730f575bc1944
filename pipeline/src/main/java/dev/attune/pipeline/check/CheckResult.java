package dev.attune.pipeline.check;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectionReason;

/** What became of an example at the check. */
public sealed interface CheckResult {

  /** It goes on, its categories and its answer written as ids where they are categories. */
  record Passed(Example example) implements CheckResult {}

  /** It is rejected; the detail quotes at most 64 characters of an unknown category. */
  record Refused(RejectionReason reason, String detail) implements CheckResult {}
}
