/**
 * The files that attune.yaml names, found and judged before any of them is read whole: what is
 * wrong with them is told at once, with the lines that name them.
 */
@NullMarked
package dev.attune.pipeline.source.named;

import org.jspecify.annotations.NullMarked;
