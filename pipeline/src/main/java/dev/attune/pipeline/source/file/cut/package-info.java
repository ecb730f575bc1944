/** Cuts the bytes of a file into records: lines, CSV records, elements of a JSON array. */
@NullMarked
package dev.attune.pipeline.source.file.cut;

import org.jspecify.annotations.NullMarked;
