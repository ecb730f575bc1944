package dev.attune.runner.step;

/** What produces the elements of a flow. */
public enum FlowOrigin {
  /** A DoFn, which may still hold an element when it has output it. */
  DO_FN,
  /** Another transform. */
  OTHER,
  /** The runner itself, for a DoFn with state: the elements are not those of the PCollection. */
  KEYED
}
