package dev.attune.testing.gcs;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object, which never change, in memory or in a file.
 *
 * @param chunks in order; empty if they are in a file
 * @param size in bytes
 * @param crc32c in base64, as the service gives it
 * @param md5 in base64
 */
record StubContent(List<byte[]> chunks, @Nullable Path file, long size, String crc32c, String md5) {
  /** Where content is kept. */
  static final class Place {
    /** Below half a region of the garbage collector, or each chunk would take whole regions. */
    private static final int LARGEST_CHUNK = 1 << 18;

    private final @Nullable Path folder;
    private final AtomicLong files = new AtomicLong();

    /**
     * A place in memory or on disk.
     *
     * @param folder gets a file for each content; null for memory
     */
    Place(@Nullable Path folder) {
      this.folder = folder;
    }

    Writer writer() throws IOException {
      return new Writer(folder == null ? null : next(folder));
    }

    StubContent of(byte[] bytes) throws IOException {
      try (Writer writer = writer()) {
        writer.write(bytes);
        return writer.finish();
      }
    }

    /** A copy of a file. */
    StubContent of(Path source) throws IOException {
      try (Writer writer = writer()) {
        Files.copy(source, writer);
        return writer.finish();
      }
    }

    /** Another content with the same bytes, which outlives this one. */
    StubContent copy(StubContent content) throws IOException {
      if (content.file == null || folder == null) {
        return content;
      }
      Path link = Files.createLink(next(folder), content.file);
      return new StubContent(List.of(), link, content.size, content.crc32c, content.md5);
    }

    private Path next(Path into) {
      return into.resolve("content-" + files.incrementAndGet());
    }
  }

  /** Receives a content. Not for several threads. */
  static final class Writer extends OutputStream {
    private final @Nullable Path file;
    private final @Nullable OutputStream out;
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] last = new byte[0];
    private int used;
    private final CRC32C crc = new CRC32C();
    private final MessageDigest md5 = newMd5();
    private long size;
    private boolean finished;

    private Writer(@Nullable Path file) throws IOException {
      this.file = file;
      this.out =
          file == null ? null : new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    /** The number of bytes so far. */
    long size() {
      return size;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      hash(bytes, offset, length);
      if (out != null) {
        out.write(bytes, offset, length);
      } else {
        keep(bytes, offset, length);
      }
      size += length;
    }

    private void keep(byte[] bytes, int offset, int length) {
      int from = offset;
      int left = length;
      while (left > 0) {
        if (used == last.length) {
          addLast();
          // Small for small objects, and never more than twice the size.
          last = new byte[(int) Math.min(Place.LARGEST_CHUNK, Math.max(left, size))];
        }
        int n = Math.min(left, last.length - used);
        System.arraycopy(bytes, from, last, used, n);
        used += n;
        from += n;
        left -= n;
      }
    }

    private void addLast() {
      if (used > 0) {
        chunks.add(used == last.length ? last : Arrays.copyOf(last, used));
      }
      used = 0;
    }

    private void hash(byte[] bytes, int offset, int length) {
      crc.update(bytes, offset, length);
      md5.update(bytes, offset, length);
    }

    /** Ends the content. To be called once. */
    StubContent finish() throws IOException {
      if (out != null) {
        out.close();
      }
      addLast();
      finished = true;
      return new StubContent(List.copyOf(chunks), file, size, crc32c(), md5());
    }

    private String crc32c() {
      byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
      return Base64.getEncoder().encodeToString(value);
    }

    private String md5() {
      return Base64.getEncoder().encodeToString(md5.digest());
    }

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
      if (!finished && out != null && file != null) {
        out.close();
        Files.deleteIfExists(file);
      }
    }

    private static MessageDigest newMd5() {
      try {
        return MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every JDK has MD5.", e);
      }
    }
  }

  /**
   * Opens the bytes from a position to the end.
   *
   * @throws java.nio.file.NoSuchFileException if the object was replaced or deleted meanwhile
   */
  InputStream open(long from) throws IOException {
    if (file != null) {
      FileChannel channel = FileChannel.open(file);
      return Channels.newInputStream(channel.position(from));
    }
    List<InputStream> parts = new ArrayList<>();
    long start = 0;
    for (byte[] chunk : chunks) {
      int skipped = (int) Math.min(chunk.length, Math.max(0, from - start));
      parts.add(new ByteArrayInputStream(chunk, skipped, chunk.length - skipped));
      start += chunk.length;
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  /** Frees the space. Streams that are open read on. */
  void release() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
