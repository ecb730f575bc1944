/**
 * Assigns every example to training or validation. Units (what group, parent, nearness or a dropped
 * duplicate joins) are never divided. Works on identities; a plan that fits in one worker decides
 * for all. What is near an example of validation all the same leaves training. Reasons:
 * OVER_CAPACITY, and NEAR_DUPLICATE.
 */
@NullMarked
package dev.attune.pipeline.split;

import org.jspecify.annotations.NullMarked;
