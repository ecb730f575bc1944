/**
 * Drops duplicates. Works on identities, not on bodies: first records of one source with one id,
 * then records with the same normal form, then those whose texts are near. A dropped record goes on
 * beside its survivor, so that it can say in the end which record stands for it. Reasons:
 * DUPLICATE_ID, CONFLICTING_CATEGORIES, EXACT_DUPLICATE, NEAR_DUPLICATE.
 */
@NullMarked
package dev.attune.pipeline.dedup;

import org.jspecify.annotations.NullMarked;
