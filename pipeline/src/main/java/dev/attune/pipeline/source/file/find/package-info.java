/**
 * Finds the regular files that paths and patterns match, in a walk of limited depth and size. Opens
 * no file.
 */
@NullMarked
package dev.attune.pipeline.source.file.find;

import org.jspecify.annotations.NullMarked;
