package dev.attune.pipeline.coder;

import dev.attune.pipeline.graph.Roots;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes roots as three arrays: the same bytes for equal values, 17 bytes for each node. */
public final class RootsCoder extends AtomicCoder<Roots> {
  private RootsCoder() {}

  public static RootsCoder of() {
    return new RootsCoder();
  }

  @Override
  public void encode(Roots roots, OutputStream out) throws IOException {
    Wire.writeLongArray(roots.nodes(), out);
    Wire.writeLongArray(roots.roots(), out);
    Wire.writeBytes(roots.causes(), out);
  }

  @Override
  public Roots decode(InputStream in) throws IOException {
    return new Roots(Wire.readLongArray(in), Wire.readLongArray(in), Wire.readBytes(in));
  }
}
