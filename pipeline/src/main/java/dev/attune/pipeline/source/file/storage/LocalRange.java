package dev.attune.pipeline.source.file.storage;

import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.LongConsumer;

/** The bytes of a range of a file of this machine, which are hashed as they were at the survey. */
final class LocalRange extends RangeStream {
  private static final int BLOCK = 1 << 16;

  private final SeekableByteChannel channel;
  private final LongConsumer progress;
  private final RangeHash hash = new RangeHash();
  private long position;

  private LocalRange(FileRange range, SeekableByteChannel channel, LongConsumer progress)
      throws IOException {
    super(range);
    this.channel = channel;
    this.progress = progress;
    this.position = range.start();
    channel.position(position);
  }

  static LocalRange of(FileRange range, LongConsumer progress) throws IOException {
    try {
      SeekableByteChannel channel = InputStorage.open(range.path());
      if (channel.size() != range.fileBytes()) {
        channel.close();
        throw changed(range);
      }
      return new LocalRange(range, channel, progress);
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw new RefusedFileException(range.name(), Messages.of("pipeline.reading.gone"));
    }
  }

  static LocalRange ofWhole(FoundFile file) throws IOException {
    SeekableByteChannel channel = InputStorage.open(file.path());
    long size = channel.size();
    var range =
        new FileRange(file.name(), file.path(), file.type(), size, "", 0, size, 1, FileRange.LOCAL);
    return new LocalRange(range, channel, bytes -> {});
  }

  @Override
  public long offset() {
    return range().start();
  }

  @Override
  long count() {
    return position - range().start();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int most = (int) Math.min(length, range().end() - position);
    if (most == 0) {
      return length == 0 ? 0 : -1;
    }
    int count = channel.read(ByteBuffer.wrap(into, offset, most));
    if (count < 0) {
      throw changed(range());
    }
    hash.update(into, offset, count);
    position += count;
    progress.accept(count);
    return count;
  }

  @Override
  public void finish() throws IOException {
    byte[] block = new byte[position < range().end() ? BLOCK : 1];
    while (read(block, 0, block.length) >= 0) {
      // Only the hash is needed.
    }
    if (!hash.next().equals(range().hash()) || channel.size() != range().fileBytes()) {
      throw changed(range());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
