package dev.attune.pipeline.source.file.storage;

import dev.attune.bytes.Sha256;
import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads a file, or an object, once before the run, for its size, its SHA-256, its number of lines,
 * and, if it is a plain .jsonl file, the ranges into which it can be cut: each starts at a line
 * whose number is known.
 */
public final class Survey {
  private static final int BLOCK = 1 << 17;

  private final FoundFile file;
  private final boolean cut;
  private final CutRule rule;
  private final List<FileRange> ranges = new ArrayList<>();
  private final RangeHash hash = new RangeHash();
  private long size;
  private long position;
  private long line = 1;
  private long start;
  private long firstLine = 1;

  /** Decides at which lines ranges end. */
  @FunctionalInterface
  public interface CutRule {
    /**
     * Returns whether to end the range before a line.
     *
     * @param line the number of that line, from 1
     * @param bytes of the range so far
     */
    boolean endsBefore(long line, long bytes);
  }

  /** Creates a survey of one file. */
  public Survey(FoundFile file, CutRule rule) {
    this.file = file;
    this.cut = file.isOfPlainLines();
    this.rule = rule;
  }

  /** Returns a rule that ends a range at the first line end after a number of bytes. */
  public static CutRule every(long rangeBytes) {
    return (line, bytes) -> bytes >= rangeBytes;
  }

  /**
   * Reads the file.
   *
   * @param surveyed receives the number of bytes of every block that was read
   */
  public InputFile read(LongConsumer surveyed) throws IOException {
    MessageDigest sha256 = Sha256.newDigest();
    try (ReadableByteChannel channel = InputStorage.open(file)) {
      size = channel instanceof SeekableByteChannel local ? local.size() : file.bytes();
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      for (int count = channel.read(block); count >= 0; count = channel.read(block.clear())) {
        sha256.update(block.array(), 0, count);
        pass(block.array(), count);
        surveyed.accept(count);
      }
    }
    if (position != size) {
      throw new IOException(Messages.of("pipeline.input.changed-meanwhile"));
    }
    if (start < position || ranges.isEmpty()) {
      endRange(position);
    }
    return new InputFile(
        file.name(), file.path(), size, Sha256.hex(sha256), file.pin(), ranges, file.lineBytes());
  }

  /** Returns how many line ends were read of a plain .jsonl file. */
  public long lines() {
    return line - 1;
  }

  /** Counts the lines of a block and ends ranges in it. */
  private void pass(byte[] block, int count) {
    int hashed = 0;
    for (int i = 0; cut && i < count; i++) {
      if (block[i] == '\n') {
        line++;
        long end = position + i + 1;
        if (rule.endsBefore(line, end - start)) {
          hash.update(block, hashed, i + 1 - hashed);
          hashed = i + 1;
          endRange(end);
        }
      }
    }
    hash.update(block, hashed, count - hashed);
    position += count;
  }

  private void endRange(long end) {
    ranges.add(
        new FileRange(
            file.name(),
            file.path(),
            file.type(),
            size,
            hash.next(),
            start,
            end,
            firstLine,
            file.generation()));
    start = end;
    firstLine = line;
  }
}
