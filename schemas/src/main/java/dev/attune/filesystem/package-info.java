/**
 * How Attune creates folders and files: for their owner alone, whole or not at all, and held by one
 * process.
 */
@NullMarked
package dev.attune.filesystem;

import org.jspecify.annotations.NullMarked;
