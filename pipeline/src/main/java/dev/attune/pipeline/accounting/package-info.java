/**
 * Promise 1: what is read is what is written or rejected. Sums that do not depend on order. No Beam
 * in here.
 */
@NullMarked
package dev.attune.pipeline.accounting;

import org.jspecify.annotations.NullMarked;
