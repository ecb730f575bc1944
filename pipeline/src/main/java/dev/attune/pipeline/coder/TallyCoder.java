package dev.attune.pipeline.coder;

import dev.attune.pipeline.accounting.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Tallies on the wire. */
public final class TallyCoder extends AtomicCoder<Tally> {
  private TallyCoder() {}

  public static TallyCoder of() {
    return new TallyCoder();
  }

  @Override
  public void encode(Tally tally, OutputStream out) throws IOException {
    Wire.writeText(tally.outcome(), out);
    Wire.writeLong(tally.count(), out);
    Wire.writeLong(tally.high(), out);
    Wire.writeLong(tally.low(), out);
  }

  @Override
  public Tally decode(InputStream in) throws IOException {
    return new Tally(Wire.readText(in), Wire.readLong(in), Wire.readLong(in), Wire.readLong(in));
  }
}
