/**
 * Reads a published dataset that a new one builds on: its manifest and the hashes of its files in
 * the process that starts the pipeline, its lines and their lineage in the workers. Nothing is
 * rejected here; what does not fit refuses the run.
 */
@NullMarked
package dev.attune.pipeline.source.previous;

import org.jspecify.annotations.NullMarked;
