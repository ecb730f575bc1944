package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * Packs on the wire: length and bytes. ByteArrayCoder leaves the length out where it can, and then
 * reads by 8 kB into an array that grows; here its size is known.
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
