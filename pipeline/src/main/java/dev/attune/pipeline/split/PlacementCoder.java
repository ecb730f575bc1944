package dev.attune.pipeline.split;

import dev.attune.pipeline.coder.DecisionCoder;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Drop;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Placements on the wire: the order, then the decision that they will become. */
final class PlacementCoder extends AtomicCoder<Placement> {
  private static final DecisionCoder DECISION = DecisionCoder.of();

  @Override
  public void encode(Placement value, OutputStream out) throws IOException {
    new DataOutputStream(out).writeLong(value.order());
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
    long order = new DataInputStream(in).readLong();
    Decision decision = DECISION.decode(in);
    Drop drop =
        decision.reason() == null || decision.duplicateOf() == null
            ? null
            : new Drop(decision.reason(), decision.duplicateOf());
    return new Placement(
        decision.fingerprint(), decision.record(), order, decision.cluster(), drop);
  }
}
