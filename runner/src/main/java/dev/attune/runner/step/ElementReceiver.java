package dev.attune.runner.step;

import org.apache.beam.sdk.values.WindowedValue;

/** Takes the elements of a PCollection, one after the other. */
@FunctionalInterface
public interface ElementReceiver {
  /** Processes an element, with everything that is fused to it. */
  void accept(WindowedValue<?> element);
}
