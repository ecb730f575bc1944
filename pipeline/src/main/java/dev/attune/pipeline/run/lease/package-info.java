/** Takes the lock of a run id in a bucket, keeps it while the run lasts, and gives it up. */
@NullMarked
package dev.attune.pipeline.run.lease;

import org.jspecify.annotations.NullMarked;
