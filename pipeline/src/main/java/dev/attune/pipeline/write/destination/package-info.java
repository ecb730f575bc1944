/**
 * The place of a published dataset: a folder of this machine or of a bucket. Puts the finished
 * files there with the manifest last, so that a reader sees a whole dataset or none, and compares
 * what stands there.
 */
@NullMarked
package dev.attune.pipeline.write.destination;

import org.jspecify.annotations.NullMarked;
