/** UTF-8 and SHA-256: what every module asks of bytes. */
@NullMarked
package dev.attune.bytes;

import org.jspecify.annotations.NullMarked;
