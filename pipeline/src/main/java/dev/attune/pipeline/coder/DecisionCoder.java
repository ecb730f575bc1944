package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.RejectionReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.jspecify.annotations.Nullable;

/** Decisions on the wire: the same bytes for equal values. */
public final class DecisionCoder extends AtomicCoder<Decision> {
  private static final RejectionReason[] REASONS = RejectionReason.values();
  private static final Split[] SPLITS = Split.values();

  private DecisionCoder() {}

  private static final Commonness[] COMMONNESS = Commonness.values();

  public static DecisionCoder of() {
    return new DecisionCoder();
  }

  @Override
  public void encode(Decision value, OutputStream out) throws IOException {
    Wire.writeFingerprint(value.fingerprint(), out);
    Wire.writeKey(value.record(), out);
    Wire.writeText(value.cluster(), out);
    writeOptional(value.split(), out);
    writeOptional(value.reason(), out);
    Wire.writeOptional(value.duplicateOf(), out);
    Wire.writeEnum(value.common(), out);
  }

  private static void writeOptional(@Nullable Enum<?> value, OutputStream out) throws IOException {
    out.write(value == null ? 0 : 1);
    if (value != null) {
      Wire.writeEnum(value, out);
    }
  }

  private static <E> @Nullable E readOptional(E[] values, InputStream in) throws IOException {
    return in.read() == 0 ? null : Wire.readEnum(values, in);
  }

  @Override
  public Decision decode(InputStream in) throws IOException {
    Fingerprint fingerprint = Wire.readFingerprint(in);
    Key128 record = Wire.readKey(in);
    return new Decision(
        fingerprint,
        record,
        Wire.readText(in),
        readOptional(SPLITS, in),
        readOptional(REASONS, in),
        Wire.readOptional(in),
        Wire.readEnum(COMMONNESS, in));
  }
}
