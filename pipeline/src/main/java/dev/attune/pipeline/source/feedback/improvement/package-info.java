/** Reads improvements and joins them with the rows of feedback. */
@NullMarked
package dev.attune.pipeline.source.feedback.improvement;

import org.jspecify.annotations.NullMarked;
