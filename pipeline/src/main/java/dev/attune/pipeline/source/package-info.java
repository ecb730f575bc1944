/**
 * The first stage: three sources, each in a package of its own, give examples, rejected records,
 * the tally of what was read, and refusals of the whole run.
 */
@NullMarked
package dev.attune.pipeline.source;

import org.jspecify.annotations.NullMarked;
