package dev.attune.pipeline.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The one pass over a file at launch: its size, its SHA-256, and for a plain .jsonl file where it
 * can be cut into ranges that start at a line whose number is known.
 */
final class Survey {
  private static final int BLOCK = 1 << 17;

  private final String name;
  private final Path path;
  private final FileType type;
  private final long rangeBytes;
  private final List<Long> starts = new ArrayList<>(List.of(0L));
  private final List<Long> firstLines = new ArrayList<>(List.of(1L));
  private final List<String> hashes = new ArrayList<>();
  private final RangeHash hash = new RangeHash();
  private long position;
  private long nextCut;
  private long line = 1;

  /**
   * Of one file.
   *
   * @param rangeBytes a range ends with the first line end behind so many bytes
   */
  Survey(String name, Path path, FileType type, long rangeBytes) {
    this.name = name;
    this.path = path;
    this.type = type;
    this.rangeBytes = rangeBytes;
    this.nextCut = rangeBytes;
  }

  /**
   * Reads it.
   *
   * @param surveyed told of every block how many bytes it has
   */
  InputFile read(LongConsumer surveyed) throws IOException {
    MessageDigest sha256 = Hashes.sha256();
    boolean cut = type == FileType.JSONL && !FileType.isGz(name);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] block = new byte[BLOCK];
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        sha256.update(block, 0, count);
        int hashed = cut ? countLines(block, count) : 0;
        hash.update(block, hashed, count - hashed);
        position += count;
        surveyed.accept(count);
      }
    }
    hashes.add(hash.next());
    return new InputFile(
        name, path.toString(), position, HexFormat.of().formatHex(sha256.digest()), ranges());
  }

  /** Hashes up to the last cut in the block and says where that is. */
  private int countLines(byte[] block, int count) {
    int hashed = 0;
    for (int i = 0; i < count; i++) {
      if (block[i] == '\n') {
        line++;
        long behind = position + i + 1;
        if (behind >= nextCut) {
          starts.add(behind);
          firstLines.add(line);
          hash.update(block, hashed, i + 1 - hashed);
          hashes.add(hash.next());
          hashed = i + 1;
          nextCut = behind + rangeBytes;
        }
      }
    }
    return hashed;
  }

  private List<FileRange> ranges() {
    List<FileRange> ranges = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      long start = starts.get(i);
      long end = i + 1 < starts.size() ? starts.get(i + 1) : position;
      if (start < end || i == 0) {
        ranges.add(
            new FileRange(
                name,
                path.toString(),
                type,
                position,
                hashes.get(i),
                start,
                end,
                firstLines.get(i)));
      }
    }
    return ranges;
  }
}
