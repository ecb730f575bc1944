package dev.attune.launcher.vertex;

import com.google.cloud.storage.BlobInfo;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file with the checksums that Cloud Storage keeps of objects.
 *
 * @param path the path of the file
 * @param bytes the size of the file
 * @param crc32c big-endian, in base64
 * @param md5 in base64
 */
record ChecksummedFile(Place path, long bytes, String crc32c, String md5) {
  private static final int CHUNK_BYTES = 1 << 16;

  /**
   * Reads a file.
   *
   * @param progress receives the number of bytes that were read
   */
  static ChecksummedFile of(Place path, LongConsumer progress) throws IOException {
    CRC32C crc = new CRC32C();
    MessageDigest md5 = newMd5();
    byte[] chunk = new byte[CHUNK_BYTES];
    long bytes = 0;
    try (InputStream in = path.open()) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        crc.update(chunk, 0, read);
        md5.update(chunk, 0, read);
        bytes += read;
        progress.accept(bytes);
      }
    }
    byte[] crcBytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return new ChecksummedFile(path, bytes, base64(crcBytes), base64(md5.digest()));
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  /** Returns whether an object has the same bytes. An object composed of parts has no MD5. */
  boolean equalsObject(@Nullable BlobInfo object) {
    return object != null
        && object.getSize() != null
        && object.getSize() == bytes
        && crc32c.equals(object.getCrc32c())
        && (object.getMd5() == null || md5.equals(object.getMd5()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
