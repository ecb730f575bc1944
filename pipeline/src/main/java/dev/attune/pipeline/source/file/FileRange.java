package dev.attune.pipeline.source.file;

import java.io.Serializable;

/**
 * A part of a file that one worker reads: whole lines of a plain .jsonl file, or a whole file.
 *
 * @param name as it stands in locations: relative to the folder of attune.yaml, with {@code /}
 * @param path where it is opened
 * @param type what its records are
 * @param fileBytes size of the whole file when it was surveyed
 * @param hash of the range's bytes when it was surveyed, see {@link RangeHash}
 * @param start the first byte, at the start of a line
 * @param end behind the last byte
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
