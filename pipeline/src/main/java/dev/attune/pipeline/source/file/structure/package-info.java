/**
 * What the bytes of a file say about where its records end: the brackets, texts and separators of
 * an array's elements, and rows hidden in a CSV field. Knows no files and decides nothing about
 * them; the cutters do.
 */
@NullMarked
package dev.attune.pipeline.source.file.structure;

import org.jspecify.annotations.NullMarked;
