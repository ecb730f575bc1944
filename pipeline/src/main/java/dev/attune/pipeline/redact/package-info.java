/**
 * Replaces personal data, right after reading, so that no later stage sees it.
 *
 * <p>Input: everything that was read, rejected records and tallies included. Output: the same
 * records, their texts with placeholders such as {@code [EMAIL]} and ids that are personal
 * themselves as keyed hashes; how many places were replaced. Nothing is rejected here.
 * docs/redaction.md says which data is personal, and how much of it is found.
 */
@NullMarked
package dev.attune.pipeline.redact;

import org.jspecify.annotations.NullMarked;
