package dev.attune.pipeline.source.file.storage;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a source, as it was surveyed before the run.
 *
 * @param name relative to the folder of attune.yaml, with {@code /}, even if it begins with {@code
 *     ..}; absolute if the file is under another root
 * @param path absolute, or {@code gs://bucket/name}
 * @param bytes as stored
 * @param sha256 64 hex digits, of the bytes as stored; null if they were not read before the run
 * @param pin of an object; null for a file of this machine
 * @param ranges at least one; together they are the whole file
 * @param lineBytes about how many bytes a line has where lines were not counted, or 0
 */
public record InputFile(
    String name,
    String path,
    long bytes,
    @Nullable String sha256,
    @Nullable Pin pin,
    List<FileRange> ranges,
    long lineBytes)
    implements Serializable {
  /** A compressed file unpacks to about five times its size. */
  private static final long EXPANSION = 5;

  /** Hardly any record is shorter, including its field names or commas. */
  private static final long SHORTEST_RECORD = 64;

  public InputFile {
    ranges = List.copyOf(ranges);
  }

  /** Creates a surveyed file of this machine. */
  public InputFile(String name, String path, long bytes, String sha256, List<FileRange> ranges) {
    this(name, path, bytes, sha256, null, ranges, 0);
  }

  /** Returns about how many bytes its records have, unpacked. */
  public long unpackedBytes() {
    return unpacked(name, bytes);
  }

  /**
   * Returns about how many records it has at most: estimated from its lines if they were counted or
   * the first of them are known, otherwise as if every record were short.
   */
  public long mostRecords() {
    FileRange last = ranges.get(ranges.size() - 1);
    long lines = last.firstLine() - 1;
    double otherwise = lineBytes > 0 ? lineBytes : SHORTEST_RECORD;
    double recordBytes = lines > 0 ? (double) last.start() / lines : otherwise;
    return (long) (unpackedBytes() / recordBytes);
  }

  public static long unpacked(String name, long bytes) {
    return FileType.isGz(name) ? bytes * EXPANSION : bytes;
  }
}
