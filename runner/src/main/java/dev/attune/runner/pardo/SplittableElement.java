package dev.attune.runner.pardo;

import org.apache.beam.sdk.values.WindowedValue;
import org.jspecify.annotations.Nullable;

/**
 * An input of a splittable DoFn with the part of it that is to be processed.
 *
 * @param input the input, in one window
 * @param restriction the part of it
 * @param estimatorState the state of the watermark estimator
 * @param startAt the earliest time at which the part is processed, as {@link System#nanoTime}
 */
record SplittableElement(
    WindowedValue<Object> input,
    Object restriction,
    @Nullable Object estimatorState,
    long startAt) {}
