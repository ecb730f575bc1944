/**
 * Scores generated texts and refuses those that fall short.
 *
 * <p>Input: checked examples. Output: the same examples; those of the sources that are scored carry
 * their quality. Rejected: {@code LOW_QUALITY}. The rules stand in the contract, section 6; the
 * word lists are data beside this package.
 */
@NullMarked
package dev.attune.pipeline.score;

import org.jspecify.annotations.NullMarked;
