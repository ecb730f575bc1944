package dev.attune.pipeline.coder;

import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Shingles on the wire: the same bytes for equal values. */
public final class ShingledCoder extends AtomicCoder<Shingled> {
  private ShingledCoder() {}

  public static ShingledCoder of() {
    return new ShingledCoder();
  }

  @Override
  public void encode(Shingled value, OutputStream out) throws IOException {
    Wire.writeKey(value.content(), out);
    Wire.writeKey(value.prompt(), out);
    Wire.writeLongArray(value.shingles().hashes(), out);
    Wire.writeOptional(value.trained(), out);
    out.write(value.common() ? 1 : 0);
  }

  @Override
  public Shingled decode(InputStream in) throws IOException {
    return new Shingled(
        Wire.readKey(in),
        Wire.readKey(in),
        Shingles.ofSorted(Wire.readLongArray(in)),
        Wire.readOptional(in),
        in.read() == 1);
  }
}
