/**
 * Finds and checks the files that attune.yaml names before any of them is read as a whole, and
 * reports all faults with their lines in attune.yaml.
 */
@NullMarked
package dev.attune.pipeline.source.configured;

import org.jspecify.annotations.NullMarked;
