/**
 * Observations: texts that experts labelled, in CSV, JSONL and JSON array files, become examples
 * whose answer the check writes from their categories. Rejects with the reasons of {@link
 * dev.attune.pipeline.source.file} and {@code MISSING_FIELD}, {@code SCHEMA_VIOLATION}.
 */
@NullMarked
package dev.attune.pipeline.source.observation;

import org.jspecify.annotations.NullMarked;
