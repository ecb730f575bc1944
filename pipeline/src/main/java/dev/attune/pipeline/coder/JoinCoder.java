package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Join;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Joins on the wire: the same bytes for equal values. */
public final class JoinCoder extends AtomicCoder<Join> {
  private static final Join.Cause[] CAUSES = Join.Cause.values();

  private JoinCoder() {}

  public static JoinCoder of() {
    return new JoinCoder();
  }

  @Override
  public void encode(Join value, OutputStream out) throws IOException {
    Wire.writeLong(value.a(), out);
    Wire.writeLong(value.b(), out);
    Wire.writeEnum(value.cause(), out);
  }

  @Override
  public Join decode(InputStream in) throws IOException {
    return new Join(Wire.readLong(in), Wire.readLong(in), Wire.readEnum(CAUSES, in));
  }
}
