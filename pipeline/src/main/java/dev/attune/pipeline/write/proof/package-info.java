/** Compares the two splits of a dataset before it is published. */
@NullMarked
package dev.attune.pipeline.write.proof;

import org.jspecify.annotations.NullMarked;
