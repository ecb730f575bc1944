/**
 * The comparing and writing stages without Beam, on lists: what bench compares the pipeline with.
 */
@NullMarked
package dev.attune.bench.limit;

import org.jspecify.annotations.NullMarked;
