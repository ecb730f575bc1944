/**
 * Assigns every example to training or validation. Units (what group, parent or a dropped duplicate
 * joins) are never divided. Works on identities; a plan that fits in one worker decides for all.
 * Reason: OVER_CAPACITY.
 */
@NullMarked
package dev.attune.pipeline.split;

import org.jspecify.annotations.NullMarked;
