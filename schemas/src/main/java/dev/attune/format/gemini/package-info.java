/** Gemini's JSONL for supervised tuning: system instruction, contents, parts. */
@NullMarked
package dev.attune.format.gemini;

import org.jspecify.annotations.NullMarked;
