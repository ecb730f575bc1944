/**
 * Reads a published dataset that a new one builds on: its manifest and the hashes of its files in
 * the process that starts the pipeline, its lines and their lineage in the workers. No example is
 * rejected here; any inconsistency refuses the run.
 */
@NullMarked
package dev.attune.pipeline.source.previous;

import org.jspecify.annotations.NullMarked;
