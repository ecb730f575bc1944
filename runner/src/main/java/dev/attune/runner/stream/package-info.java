/** Byte arrays as streams for coders, and the hash of encoded keys. */
@NullMarked
package dev.attune.runner.stream;

import org.jspecify.annotations.NullMarked;
