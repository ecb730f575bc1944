/**
 * The first stage: reads three sources, each in its own package, into examples, rejected records,
 * tallies of what was read, and refusals of the whole run.
 */
@NullMarked
package dev.attune.pipeline.source;

import org.jspecify.annotations.NullMarked;
