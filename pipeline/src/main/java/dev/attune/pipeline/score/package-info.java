/**
 * Scores generated texts and rejects those of low quality.
 *
 * <p>Input: checked examples. Output: the same examples; those of the scored sources have a
 * quality. Rejected: {@code LOW_QUALITY}. {@link dev.attune.pipeline.score.QualityScore} has the
 * rules; the word lists are resources of this package.
 */
@NullMarked
package dev.attune.pipeline.score;

import org.jspecify.annotations.NullMarked;
