/** Configures Flink, checks an external cluster, and follows the job on it. */
@NullMarked
package dev.attune.pipeline.run.flink;

import org.jspecify.annotations.NullMarked;
