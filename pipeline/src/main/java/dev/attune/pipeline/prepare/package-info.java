/** The request for a dataset, its progress and its result: what callers of the pipeline use. */
@NullMarked
package dev.attune.pipeline.prepare;

import org.jspecify.annotations.NullMarked;
