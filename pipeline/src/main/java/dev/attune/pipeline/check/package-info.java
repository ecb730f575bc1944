/**
 * Checks examples against the taxonomy and the provider's format.
 *
 * <p>Input: examples as read and redacted. Output: the same examples with their categories as ids
 * in the taxonomy's order and, where the answer consists of categories, with the answer written so.
 * Rejected: {@code UNKNOWN_CATEGORY}, {@code UNSUPPORTED_MEDIA}, {@code TOO_MANY_TOKENS}, the first
 * that applies. The rules stand in the contract, section 4.
 */
@NullMarked
package dev.attune.pipeline.check;

import org.jspecify.annotations.NullMarked;
