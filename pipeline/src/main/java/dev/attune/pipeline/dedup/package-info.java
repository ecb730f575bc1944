/**
 * Drops duplicates. Works on identities, not on bodies: first records of one source with one id,
 * then records with the same normal form, then records with near texts. A dropped record stays in
 * the collection with the id of its survivor (the record that was kept instead), so that
 * rejected.jsonl can name it. Rejection reasons: DUPLICATE_ID, CONFLICTING_CATEGORIES,
 * EXACT_DUPLICATE, NEAR_DUPLICATE.
 */
@NullMarked
package dev.attune.pipeline.dedup;

import org.jspecify.annotations.NullMarked;
