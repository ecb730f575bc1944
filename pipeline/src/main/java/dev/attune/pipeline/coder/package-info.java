/**
 * Compact deterministic coders for the values that flow in volume, and packs: many encoded values
 * in one array, as which they are grouped and seen from the side.
 */
@NullMarked
package dev.attune.pipeline.coder;

import org.jspecify.annotations.NullMarked;
