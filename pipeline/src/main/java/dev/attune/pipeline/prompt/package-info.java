/**
 * Joins records with equal prompt keys, and records whose whole dialogue is the beginning of
 * another dialogue. Finds the prompts that are common and therefore join nothing. Drops no records.
 */
@NullMarked
package dev.attune.pipeline.prompt;

import org.jspecify.annotations.NullMarked;
