/**
 * Generated samples: JSONL that models wrote (schemas/generated-sample.schema.json) becomes
 * examples. Rejects with the reasons of {@link dev.attune.pipeline.source.file} and {@code
 * MISSING_FIELD}, {@code SCHEMA_VIOLATION}.
 */
@NullMarked
package dev.attune.pipeline.source.generated;

import org.jspecify.annotations.NullMarked;
