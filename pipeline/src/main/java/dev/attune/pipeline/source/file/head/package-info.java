/**
 * Checks the first bytes of a file: whether the file is text of the type in its name, and which
 * columns a CSV file has. The launcher and the workers use the same rules.
 */
@NullMarked
package dev.attune.pipeline.source.file.head;

import org.jspecify.annotations.NullMarked;
