/** Generates inputs for measurements: records of the three sources, and texts of a template. */
@NullMarked
package dev.attune.bench.generator;

import org.jspecify.annotations.NullMarked;
