/**
 * Calls a model at the pace that its provider allows: rate limits, waits, repetition, deadline and
 * circuit breaker, the same for every adapter.
 */
@NullMarked
package dev.attune.models.call;

import org.jspecify.annotations.NullMarked;
