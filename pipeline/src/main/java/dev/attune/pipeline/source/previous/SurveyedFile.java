package dev.attune.pipeline.source.previous;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What one pass over a file showed.
 *
 * @param sha256 of its bytes, 64 hex digits
 * @param bytes how many
 * @param lines how many line feeds
 * @param marks the starts of some of its lines, in order, and the end of the file
 */
record SurveyedFile(String sha256, long bytes, long lines, List<Mark> marks) {
  private static final int BLOCK = 1 << 17;

  /**
   * Where a line starts.
   *
   * @param line its number, from 1
   * @param offset of its first byte
   */
  record Mark(long line, long offset) {}

  /** Says which lines are marked. */
  @FunctionalInterface
  interface Marking {
    /** Whether to mark the line with this number that starts at this offset. */
    boolean marks(long line, long offset);
  }

  SurveyedFile {
    marks = List.copyOf(marks);
  }

  /** Marks the first line, and each first one that starts so many bytes behind the last mark. */
  static Marking every(long bytes) {
    long[] next = {0};
    return (line, offset) -> {
      boolean marked = offset >= next[0];
      next[0] = marked ? offset + bytes : next[0];
      return marked;
    };
  }

  /** Reads a file. */
  static SurveyedFile of(Path file, Marking marking) throws IOException {
    MessageDigest sha256 = newSha256();
    List<Mark> marks = new ArrayList<>();
    long position = 0;
    long line = 1;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK];
      if (marking.marks(1, 0)) {
        marks.add(new Mark(1, 0));
      }
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        sha256.update(block, 0, count);
        for (int i = 0; i < count; i++) {
          if (block[i] == '\n' && marking.marks(++line, position + i + 1)) {
            marks.add(new Mark(line, position + i + 1));
          }
        }
        position += count;
      }
    }
    if (marks.isEmpty() || marks.get(marks.size() - 1).offset() < position) {
      marks.add(new Mark(line, position));
    }
    return new SurveyedFile(HexFormat.of().formatHex(sha256.digest()), position, line - 1, marks);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
