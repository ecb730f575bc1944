/**
 * The last stage: bodies meet what was decided about them, parts are written in buckets, and one
 * finalizer publishes the dataset or says why not.
 */
@NullMarked
package dev.attune.pipeline.write;

import org.jspecify.annotations.NullMarked;
