package dev.attune.pipeline.source.file.storage;

import java.io.Serializable;

/**
 * A part of a file that one worker reads. Only uncompressed .jsonl files are divided, at line ends;
 * any other file, for example a CSV file, is one range.
 *
 * @param name the name in locations: relative to the folder of attune.yaml, with {@code /}
 * @param path the path with which {@link InputStorage} opens the file
 * @param type the type of its records
 * @param fileBytes size of the whole file at the survey
 * @param hash of the range's bytes at the survey, see {@link RangeHash}
 * @param start the offset of the first byte, at the start of a line
 * @param end the offset after the last byte
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
