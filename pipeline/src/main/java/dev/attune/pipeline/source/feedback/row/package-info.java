/** The rows of feedback and the rules by which each becomes an example or is rejected. */
@NullMarked
package dev.attune.pipeline.source.feedback.row;

import org.jspecify.annotations.NullMarked;
