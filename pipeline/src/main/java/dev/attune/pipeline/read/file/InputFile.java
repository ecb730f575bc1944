package dev.attune.pipeline.read.file;

import java.io.Serializable;
import java.util.List;

/**
 * A file of a source, as it was found at launch.
 *
 * @param name relative to the folder of attune.yaml, with {@code /}; absolute where it is outside
 * @param path absolute
 * @param bytes as stored
 * @param sha256 64 hex digits, of the bytes as stored
 * @param ranges at least one; together they are the whole file
 */
public record InputFile(String name, String path, long bytes, String sha256, List<FileRange> ranges)
    implements Serializable {
  public InputFile {
    ranges = List.copyOf(ranges);
  }
}
