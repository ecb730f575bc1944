package dev.attune.filesystem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeLinesTest {
  @TempDir Path folder;

  @Test
  void leavesNothingOfALineThatADiskHasNoSpaceFor() throws Exception {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "one\n");
    try (FileChannel disk = new SmallDisk(file, 7)) {
      WholeLines.append(disk, "a.jsonl", "2\n".getBytes(UTF_8));

      assertThatThrownBy(() -> WholeLines.append(disk, "a.jsonl", "three\n".getBytes(UTF_8)))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("a.jsonl: No space left on device");
    }
    assertThat(file).hasContent("one\n2\n");
  }

  /** A file on a disk that has space for some bytes only. */
  private static final class SmallDisk extends FileChannel {
    private final FileChannel file;
    private final long space;

    SmallDisk(Path path, long space) throws IOException {
      this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      this.space = space;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (position() >= space) {
        throw new IOException("No space left on device");
      }
      int most = (int) Math.min(bytes.remaining(), space - position());
      ByteBuffer part = bytes.slice(bytes.position(), most);
      int written = file.write(part);
      bytes.position(bytes.position() + written);
      return written;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public long read(ByteBuffer[] all, int offset, int length) throws IOException {
      return file.read(all, offset, length);
    }

    @Override
    public long write(ByteBuffer[] all, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long to) throws IOException {
      return file.position(to);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      return file.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
      return file.transferTo(from, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes, long from) throws IOException {
      return file.read(bytes, from);
    }

    @Override
    public int write(ByteBuffer bytes, long to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
      return file.map(mode, from, size);
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) throws IOException {
      return file.lock(from, size, shared);
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) throws IOException {
      return file.tryLock(from, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
