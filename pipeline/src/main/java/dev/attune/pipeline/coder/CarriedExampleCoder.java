package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Carried examples on the wire: the same bytes for equal values. */
public final class CarriedExampleCoder extends AtomicCoder<CarriedExample> {
  private static final Split[] SPLITS = Split.values();

  private CarriedExampleCoder() {}

  public static CarriedExampleCoder of() {
    return new CarriedExampleCoder();
  }

  @Override
  public void encode(CarriedExample value, OutputStream out) throws IOException {
    EncodedExampleCoder.writeProvenance(value.provenance(), out);
    Wire.writeEnum(value.split(), out);
    Wire.writeBytes(value.line().bytes(), out);
    Wire.writeFingerprint(value.fingerprint(), out);
  }

  @Override
  public CarriedExample decode(InputStream in) throws IOException {
    return new CarriedExample(
        EncodedExampleCoder.readProvenance(in),
        Wire.readEnum(SPLITS, in),
        new Line(Wire.readBytes(in)),
        Wire.readFingerprint(in));
  }
}
