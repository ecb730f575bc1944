package dev.attune.pipeline.source.file.storage;

import java.io.Serializable;

/**
 * A part of a file that one worker reads. Only uncompressed .jsonl files are divided; any other
 * file, for example a CSV file, is one range.
 *
 * <p>A worker reads the lines that begin in the range, to the end of the last one. Ranges of a file
 * of this machine, which was read before, start and end at line ends. Those of an object need not:
 * it was divided by its size alone.
 *
 * @param name the name in locations: relative to the folder of attune.yaml, with {@code /}
 * @param path the path with which {@link InputStorage} opens the file, or {@code gs://bucket/name}
 * @param type the type of its records
 * @param fileBytes size of the whole file at the survey
 * @param hash of the range's bytes at the survey, see {@link RangeHash}; empty for an object
 * @param start the offset of the first byte
 * @param end the offset after the last byte
 * @param firstLine number of the line at {@code start}, from 1, or {@link #UNCOUNTED}
 * @param generation of the object to read, or {@link #LOCAL} for a file of this machine
 */
public record FileRange(
    String name,
    String path,
    FileType type,
    long fileBytes,
    String hash,
    long start,
    long end,
    long firstLine,
    long generation)
    implements Serializable {
  /** The generation of what is no object. */
  public static final long LOCAL = 0;

  /** The first line where lines were not counted: places are offsets of bytes. */
  static final long UNCOUNTED = 0;

  /** Returns whether the number of its first line is known. */
  public boolean countsLines() {
    return firstLine != UNCOUNTED;
  }
}
