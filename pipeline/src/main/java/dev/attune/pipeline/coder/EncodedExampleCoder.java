package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.SourceName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encoded examples on the wire: the same bytes for equal values. */
public final class EncodedExampleCoder extends AtomicCoder<EncodedExample> {
  private static final Commonness[] COMMONNESS = Commonness.values();
  private static final SourceName[] SOURCES = SourceName.values();

  private EncodedExampleCoder() {}

  public static EncodedExampleCoder of() {
    return new EncodedExampleCoder();
  }

  @Override
  public void encode(EncodedExample value, OutputStream out) throws IOException {
    writeProvenance(value.provenance(), out);
    Wire.writeBytes(value.line().bytes(), out);
    Wire.writeFingerprint(value.fingerprint(), out);
    Wire.writeKey(value.record(), out);
    Wire.writeKey(value.content(), out);
    VarInt.encode(value.characters(), out);
    VarInt.encode(value.tokens(), out);
    out.write(value.carried() ? 1 : 0);
  }

  static void writeProvenance(Provenance provenance, OutputStream out) throws IOException {
    Wire.writeText(provenance.id(), out);
    Wire.writeEnum(provenance.source(), out);
    Wire.writeText(provenance.location(), out);
    Wire.writeOptional(provenance.group(), out);
    Wire.writeOptional(provenance.parent(), out);
    Wire.writeTexts(provenance.categories(), out);
    ExampleCoder.writeQuality(provenance.quality(), out);
    Wire.writeEnum(provenance.common(), out);
  }

  static Provenance readProvenance(InputStream in) throws IOException {
    return new Provenance(
        Wire.readText(in),
        Wire.readEnum(SOURCES, in),
        Wire.readText(in),
        Wire.readOptional(in),
        Wire.readOptional(in),
        Wire.readTexts(in),
        ExampleCoder.readQuality(in),
        Wire.readEnum(COMMONNESS, in));
  }

  @Override
  public EncodedExample decode(InputStream in) throws IOException {
    return new EncodedExample(
        readProvenance(in),
        new Line(Wire.readBytes(in)),
        Wire.readFingerprint(in),
        Wire.readKey(in),
        Wire.readKey(in),
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        in.read() == 1);
  }
}
