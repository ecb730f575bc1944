package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.util.VarInt;

/**
 * Writes and reads the parts of encoded values. Texts are UTF-8, with the number of bytes in front
 * as a variable-length integer; a long has 8 bytes, the highest first.
 */
final class Wire {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FINGERPRINT_BYTES = 32;

  private Wire() {}

  static void writeText(String text, OutputStream out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  static String readText(InputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static void writeBytes(byte[] bytes, OutputStream out) throws IOException {
    VarInt.encode(bytes.length, out);
    out.write(bytes);
  }

  static byte[] readBytes(InputStream in) throws IOException {
    return readExactly(VarInt.decodeInt(in), in);
  }

  static void writeLong(long value, OutputStream out) throws IOException {
    writeLongs(out, value);
  }

  private static void writeLongs(OutputStream out, long... values) throws IOException {
    byte[] bytes = new byte[Long.BYTES * values.length];
    for (int i = 0; i < values.length; i++) {
      LONGS.set(bytes, Long.BYTES * i, values[i]);
    }
    out.write(bytes);
  }

  static void writeLongArray(long[] values, OutputStream out) throws IOException {
    VarInt.encode(values.length, out);
    writeLongs(out, values);
  }

  static long[] readLongArray(InputStream in) throws IOException {
    long[] values = new long[VarInt.decodeInt(in)];
    byte[] bytes = readExactly(Long.BYTES * values.length, in);
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) LONGS.get(bytes, Long.BYTES * i);
    }
    return values;
  }

  static long readLong(InputStream in) throws IOException {
    return (long) LONGS.get(readExactly(Long.BYTES, in), 0);
  }

  static void writeKey(Key128 key, OutputStream out) throws IOException {
    writeLongs(out, key.high(), key.low());
  }

  static Key128 readKey(InputStream in) throws IOException {
    byte[] bytes = readExactly(2 * Long.BYTES, in);
    return new Key128((long) LONGS.get(bytes, 0), (long) LONGS.get(bytes, Long.BYTES));
  }

  static void writeFingerprint(Fingerprint fingerprint, OutputStream out) throws IOException {
    writeLongs(out, fingerprint.a(), fingerprint.b(), fingerprint.c(), fingerprint.d());
  }

  static Fingerprint readFingerprint(InputStream in) throws IOException {
    return Fingerprint.of(readExactly(FINGERPRINT_BYTES, in));
  }

  private static byte[] readExactly(int length, InputStream in) throws IOException {
    byte[] bytes = new byte[length];
    int read = in.readNBytes(bytes, 0, length);
    if (read != length) {
      throw new EOFException(length + " bytes expected, " + read + " found");
    }
    return bytes;
  }
}
