/**
 * Assigns every example to training or validation. A unit, which is a set of records joined by
 * group, parent, prompt, nearness or a dropped duplicate, is never divided. Works on identities;
 * one plan, which fits in the memory of a worker, decides for all of them. Training examples that
 * are still near a validation example are rejected. Rejection reasons: OVER_CAPACITY,
 * SPLIT_CONFLICT and NEAR_DUPLICATE.
 */
@NullMarked
package dev.attune.pipeline.split;

import org.jspecify.annotations.NullMarked;
