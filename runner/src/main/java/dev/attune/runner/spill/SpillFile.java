package dev.attune.runner.spill;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * File of blocks. Blocks are appended by one thread at a time and read by many. A block is a header
 * of 8 bytes (its length, and its length in the file; both are equal if it is not compressed) and
 * its bytes.
 */
public final class SpillFile implements Closeable {
  private static final int HEADER = 8;

  private final Path path;
  private final FileChannel channel;
  private long end;

  SpillFile(Path path) throws IOException {
    this.path = path;
    this.channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Where the next block begins. */
  public long end() {
    return end;
  }

  /** Appends a block. */
  public void append(byte[] block, int length) throws IOException {
    byte[] compressed = BlockCodec.compress(block, length);
    int stored = compressed == null ? length : compressed.length;
    ByteBuffer header = ByteBuffer.allocate(HEADER).putInt(length).putInt(stored).flip();
    ByteBuffer body =
        compressed == null ? ByteBuffer.wrap(block, 0, length) : ByteBuffer.wrap(compressed);
    ByteBuffer[] parts = {header, body};
    boolean interrupted = Thread.interrupted();
    try {
      channel.position(end);
      while (body.hasRemaining()) {
        channel.write(parts);
      }
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException e) {
      throw new IOException(
          ("The temporary file %s of %d bytes cannot be extended by %d bytes: %s. Free disk space"
                  + " or set --localTempFolder to a folder with more space.")
              .formatted(path, end, HEADER + stored, e.getMessage()),
          e);
    } finally {
      restore(interrupted);
    }
    end += HEADER + stored;
  }

  /** Reads the block that begins at {@code position}. */
  public byte[] read(long position) throws IOException {
    ByteBuffer header = full(position, HEADER);
    int length = header.getInt();
    int stored = header.getInt();
    byte[] bytes = full(position + HEADER, stored).array();
    return stored == length ? bytes : BlockCodec.restore(bytes, length);
  }

  /** Returns where the block after the one at {@code position} begins. */
  public long next(long position) throws IOException {
    return position + HEADER + full(position, HEADER).getInt(4);
  }

  /** Closes and deletes the file. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  private ByteBuffer full(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    boolean interrupted = Thread.interrupted();
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new EOFException("The temporary file " + path + " is truncated.");
        }
      }
    } finally {
      restore(interrupted);
    }
    return buffer.flip();
  }

  /** A channel is closed when an interrupted thread uses it, and a DoFn may leave its thread so. */
  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
