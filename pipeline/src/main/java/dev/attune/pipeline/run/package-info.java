/**
 * One run of the pipeline: its request and result, the plan made from the request, the run folder
 * and the runner that executes it.
 */
@NullMarked
package dev.attune.pipeline.run;

import org.jspecify.annotations.NullMarked;
