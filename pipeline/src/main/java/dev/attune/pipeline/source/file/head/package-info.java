/**
 * What the first bytes of a file say: whether it is the text that its name promises, and which
 * columns a CSV file has. Plain rules over bytes; they are the same before the pipeline starts and
 * in it.
 */
@NullMarked
package dev.attune.pipeline.source.file.head;

import org.jspecify.annotations.NullMarked;
