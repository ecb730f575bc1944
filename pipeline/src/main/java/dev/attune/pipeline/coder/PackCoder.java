package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * Encodes a pack as its length and its bytes. ByteArrayCoder omits the length of an outermost value
 * and then reads it in steps of 8 kB into an array that grows; here the size is known.
 */
final class PackCoder extends AtomicCoder<byte[]> {
  @Override
  public void encode(byte[] pack, OutputStream out) throws IOException {
    Wire.writeBytes(pack, out);
  }

  @Override
  public byte[] decode(InputStream in) throws IOException {
    return Wire.readBytes(in);
  }
}
