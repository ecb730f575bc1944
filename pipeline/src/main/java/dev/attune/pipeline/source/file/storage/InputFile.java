package dev.attune.pipeline.source.file.storage;

import java.io.Serializable;
import java.util.List;

/**
 * A file of a source, as it was surveyed before the run.
 *
 * @param name relative to the folder of attune.yaml, with {@code /}, even if it begins with {@code
 *     ..}; absolute if the file is under another root
 * @param path absolute
 * @param bytes as stored
 * @param sha256 64 hex digits, of the bytes as stored
 * @param ranges at least one; together they are the whole file
 */
public record InputFile(String name, String path, long bytes, String sha256, List<FileRange> ranges)
    implements Serializable {
  /** A compressed file unpacks to about five times its size. */
  private static final long EXPANSION = 5;

  /** Hardly any record is shorter, including its field names or commas. */
  private static final long SHORTEST_RECORD = 64;

  public InputFile {
    ranges = List.copyOf(ranges);
  }

  /** Returns about how many bytes its records have, unpacked. */
  public long unpackedBytes() {
    return unpacked(name, bytes);
  }

  /**
   * Returns about how many records it has at most: estimated from its lines if they were counted,
   * otherwise as if every record were short.
   */
  public long mostRecords() {
    FileRange last = ranges.get(ranges.size() - 1);
    long lines = last.firstLine() - 1;
    double recordBytes = lines > 0 ? (double) last.start() / lines : SHORTEST_RECORD;
    return (long) (unpackedBytes() / recordBytes);
  }

  public static long unpacked(String name, long bytes) {
    return FileType.isGz(name) ? bytes * EXPANSION : bytes;
  }
}
