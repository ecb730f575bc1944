/**
 * Submits the pipeline to Google Cloud Dataflow, and follows the job there. A job belongs to its
 * run, not to the process that created it: whoever asks for the same run again adopts the job.
 */
@NullMarked
package dev.attune.pipeline.run.dataflow;

import org.jspecify.annotations.NullMarked;
