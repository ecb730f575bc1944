/**
 * Checks examples against the taxonomy and the provider's format.
 *
 * <p>Input: examples as read and redacted. Output: the same examples with their categories as ids
 * in the taxonomy's order; an answer that consists of categories is written in the same form.
 * Rejected: {@code UNKNOWN_CATEGORY}, {@code UNSUPPORTED_MEDIA}, {@code TOO_MANY_TOKENS}, the first
 * that applies.
 */
@NullMarked
package dev.attune.pipeline.check;

import org.jspecify.annotations.NullMarked;
