/**
 * How alike two texts are: the words of a text, what of an example is compared, its shingles, their
 * signature, and indexes that find all that is near to one of many texts. No Beam in here.
 */
@NullMarked
package dev.attune.pipeline.nearness;

import org.jspecify.annotations.NullMarked;
