package dev.attune.pipeline.check;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;

/** The result of checking an example. */
public sealed interface CheckResult {

  /** The example passed. Its categories, and its answer if it consists of categories, are ids. */
  record Passed(Example example) implements CheckResult {}

  /** The example is rejected. The detail quotes at most 64 characters of an unknown category. */
  record Refused(RejectionReason reason, String detail) implements CheckResult {}
}
