/**
 * Reads files of records: finds the files, divides them into ranges, and cuts them into records.
 * Input is untrusted: the size and the nesting of a record and the size of a decompressed file are
 * limited.
 *
 * <p>Rejects with {@code RECORD_TOO_LARGE}, {@code INVALID_ENCODING} and {@code MALFORMED_RECORD};
 * the mapping of each source rejects records for other reasons. Refuses the run if a file is
 * truncated, damaged or not of the type in its name.
 */
@NullMarked
package dev.attune.pipeline.source.file;

import org.jspecify.annotations.NullMarked;
