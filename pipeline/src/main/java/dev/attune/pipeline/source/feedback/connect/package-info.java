/** Connects to the feedback database and describes failures. */
@NullMarked
package dev.attune.pipeline.source.feedback.connect;

import org.jspecify.annotations.NullMarked;
