/** Reads JSON lines in a byte buffer, strictly and in one pass, without building trees. */
@NullMarked
package dev.attune.format.json;

import org.jspecify.annotations.NullMarked;
