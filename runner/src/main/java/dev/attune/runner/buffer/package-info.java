/** Encoded elements between two stages, in the order in which they were written; views. */
@NullMarked
package dev.attune.runner.buffer;

import org.jspecify.annotations.NullMarked;
