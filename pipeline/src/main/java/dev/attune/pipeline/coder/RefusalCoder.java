package dev.attune.pipeline.coder;

import dev.attune.pipeline.rejection.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Refusals on the wire. */
public final class RefusalCoder extends AtomicCoder<Refusal> {
  private RefusalCoder() {}

  public static RefusalCoder of() {
    return new RefusalCoder();
  }

  @Override
  public void encode(Refusal refusal, OutputStream out) throws IOException {
    Wire.writeText(refusal.place(), out);
    Wire.writeText(refusal.sentence(), out);
  }

  @Override
  public Refusal decode(InputStream in) throws IOException {
    return new Refusal(Wire.readText(in), Wire.readText(in));
  }
}
