/**
 * The last stage: writes examples in sorted parts, assembles the files of the dataset, compares the
 * splits and publishes the dataset, or refuses the run.
 */
@NullMarked
package dev.attune.pipeline.write;

import org.jspecify.annotations.NullMarked;
