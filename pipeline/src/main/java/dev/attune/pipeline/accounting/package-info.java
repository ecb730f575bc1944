/**
 * Counts and order-independent sums that prove promise 1: every record read is written or rejected.
 * Without Beam.
 */
@NullMarked
package dev.attune.pipeline.accounting;

import org.jspecify.annotations.NullMarked;
