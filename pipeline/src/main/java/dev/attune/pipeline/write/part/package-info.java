/**
 * Writes and reads the parts of a dataset: sorted examples and rejected records of one bucket, in
 * temporary files.
 */
@NullMarked
package dev.attune.pipeline.write.part;

import org.jspecify.annotations.NullMarked;
