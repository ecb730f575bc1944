/** Compact deterministic coders for the values that flow in volume. */
@NullMarked
package dev.attune.pipeline.coder;

import org.jspecify.annotations.NullMarked;
