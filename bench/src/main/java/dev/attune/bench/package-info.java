/**
 * Measures speed and memory: a generator of records, the pipeline's logic without Beam as the limit,
 * and programs that compare the two.
 */
@NullMarked
package dev.attune.bench;

import org.jspecify.annotations.NullMarked;
