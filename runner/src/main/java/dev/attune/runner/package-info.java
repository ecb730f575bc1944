/**
 * A Beam runner for bounded pipelines in one process: fused steps, all processors, a heap budget.
 *
 * <p>Choose it with {@code --runner=LocalRunner}; {@link dev.attune.runner.LocalOptions} has its
 * options.
 */
@NullMarked
package dev.attune.runner;

import org.jspecify.annotations.NullMarked;
