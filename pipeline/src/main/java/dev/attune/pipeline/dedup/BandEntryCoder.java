package dev.attune.pipeline.dedup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Bands on the wire: four longs. */
final class BandEntryCoder extends AtomicCoder<BandEntry> {
  @Override
  public void encode(BandEntry value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(value.band());
    data.writeLong(value.node());
    data.writeLong(value.lower());
    data.writeLong(value.upper());
  }

  @Override
  public BandEntry decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return new BandEntry(data.readLong(), data.readLong(), data.readLong(), data.readLong());
  }
}
