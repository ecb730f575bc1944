package dev.attune.pipeline.source.file.storage;

import java.io.Serializable;

/**
 * A part of a file that one worker reads: whole lines of a plain .jsonl file, or a whole file.
 *
 * @param name as in locations: relative to the folder of attune.yaml, with {@code /}
 * @param path of the file, for {@link InputStorage}
 * @param type of its records
 * @param fileBytes size of the whole file at the survey
 * @param hash of the range's bytes at the survey, see {@link RangeHash}
 * @param start the first byte, at the start of a line
 * @param end after the last byte
 * @param firstLine number of the line at {@code start}, from 1
 */
public record FileRange(
    String name,
    String path,
    FileType type,
    long fileBytes,
    String hash,
    long start,
    long end,
    long firstLine)
    implements Serializable {}
