/**
 * Joins records that ask the same: an equal prompt key, or a whole dialogue that is the beginning
 * of another one. Finds which prompts are common, so that they join nothing. Drops nothing.
 */
@NullMarked
package dev.attune.pipeline.prompt;

import org.jspecify.annotations.NullMarked;
