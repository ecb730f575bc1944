package dev.attune.pipeline.coder;

import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.rejection.RejectionReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Rejected records on the wire: the same bytes for equal records. */
public final class RejectedRecordCoder extends AtomicCoder<RejectedRecord> {
  private static final RejectionReason[] REASONS = RejectionReason.values();

  private RejectedRecordCoder() {}

  public static RejectedRecordCoder of() {
    return new RejectedRecordCoder();
  }

  @Override
  public void encode(RejectedRecord rejected, OutputStream out) throws IOException {
    Wire.writeText(rejected.id(), out);
    Wire.writeText(rejected.source(), out);
    Wire.writeText(rejected.location(), out);
    Wire.writeText(rejected.stage(), out);
    Wire.writeEnum(rejected.reason(), out);
    Wire.writeText(rejected.detail(), out);
    Wire.writeOptional(rejected.duplicateOf(), out);
    Wire.writeText(rejected.contentHash(), out);
  }

  @Override
  public RejectedRecord decode(InputStream in) throws IOException {
    return new RejectedRecord(
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readEnum(REASONS, in),
        Wire.readText(in),
        Wire.readOptional(in),
        Wire.readText(in));
  }
}
