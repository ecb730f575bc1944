package dev.attune.pipeline.split;

import dev.attune.pipeline.coder.DecisionCoder;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Key128;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Placements on the wire: order, content and id, then the decision that they will become. */
final class PlacementCoder extends AtomicCoder<Placement> {
  private static final DecisionCoder DECISION = DecisionCoder.of();
  private static final StringUtf8Coder ID = StringUtf8Coder.of();

  @Override
  public void encode(Placement value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(value.order());
    data.writeLong(value.content().high());
    data.writeLong(value.content().low());
    ID.encode(value.id(), out);
    Drop drop = value.drop();
    DECISION.encode(
        new Decision(
            value.fingerprint(),
            value.record(),
            value.cluster(),
            null,
            drop == null ? null : drop.reason(),
            drop == null ? null : drop.duplicateOf()),
        out);
  }

  @Override
  public Placement decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    long order = data.readLong();
    Key128 content = new Key128(data.readLong(), data.readLong());
    String id = ID.decode(in);
    Decision decision = DECISION.decode(in);
    Drop drop =
        decision.reason() == null || decision.duplicateOf() == null
            ? null
            : new Drop(decision.reason(), decision.duplicateOf());
    return new Placement(
        decision.fingerprint(), decision.record(), content, id, order, decision.cluster(), drop);
  }
}
