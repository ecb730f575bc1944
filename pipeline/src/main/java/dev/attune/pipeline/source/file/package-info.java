/**
 * Files of records: which files there are, where they can be cut, and their records one by one.
 * Input is hostile until parsed: what is kept of a record, how deep it may be nested and what a
 * compressed file may become are bounded. Only {@link dev.attune.pipeline.source.file.ReadRanges}
 * knows Beam.
 *
 * <p>Rejects with {@code RECORD_TOO_LARGE}, {@code INVALID_ENCODING} and {@code MALFORMED_RECORD};
 * what else is wrong with a record, the source's own parser says. Refuses the run for files that
 * are truncated, damaged or not what their name says.
 */
@NullMarked
package dev.attune.pipeline.source.file;

import org.jspecify.annotations.NullMarked;
