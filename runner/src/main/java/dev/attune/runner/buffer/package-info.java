/** Encoded elements in the order in which they were written, between two stages. */
@NullMarked
package dev.attune.runner.buffer;

import org.jspecify.annotations.NullMarked;
