package dev.attune.runner.fusion;

import org.apache.beam.sdk.values.PCollection;

/** Refuses what the runner cannot do, with the name of the transform. */
final class UnsupportedTransform {
  private UnsupportedTransform() {}

  static UnsupportedOperationException of(String transform, String reason) {
    return new UnsupportedOperationException(
        "LocalRunner cannot run transform %s: %s".formatted(transform, reason));
  }

  static void checkBounded(String transform, PCollection<?> collection) {
    if (collection.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      throw of(transform, "its output is unbounded, and only bounded pipelines are supported.");
    }
  }

  /** Checks a DoFn with state or timers. */
  static void checkStateful(String transform, PCollection<?> input) {
    if (!input.getWindowingStrategy().getWindowFn().isNonMerging()) {
      throw of(transform, "state and timers are not supported in windows that merge.");
    }
  }
}
