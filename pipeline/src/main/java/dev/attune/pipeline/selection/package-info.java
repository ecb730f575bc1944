/**
 * Selects the rows of one {@code attune improve} and hands them over to it.
 *
 * <p>Input: redacted rows without an improvement, and reasons to refuse the run. Output: the first
 * rows in the order of their bases, in private files of a temporary folder.
 */
@NullMarked
package dev.attune.pipeline.selection;

import org.jspecify.annotations.NullMarked;
