/**
 * How alike two texts are: what of an example is compared, its shingles, their signature, and an
 * index that finds all that is near a few thousand texts. No Beam in here.
 */
@NullMarked
package dev.attune.pipeline.nearness;

import org.jspecify.annotations.NullMarked;
