package dev.attune.pipeline.split;

import dev.attune.pipeline.coder.DecisionCoder;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.jspecify.annotations.Nullable;

/**
 * Placements on the wire: what the previous dataset has to do with it, order, content and id, then
 * the decision that they will become.
 */
final class PlacementCoder extends AtomicCoder<Placement> {
  private static final DecisionCoder DECISION = DecisionCoder.of();
  private static final int TO_CARRIED = 1;
  private static final int CONFLICT = 1 << 1;
  private static final int TRAINING = 1 << 2;
  private static final int VALIDATION = 1 << 3;
  private static final StringUtf8Coder ID = StringUtf8Coder.of();

  @Override
  public void encode(Placement value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeByte(flags(value));
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
            drop == null ? null : drop.duplicateOf(),
            value.common()),
        out);
  }

  @Override
  public Placement decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int flags = data.readByte();
    long order = data.readLong();
    Key128 content = new Key128(data.readLong(), data.readLong());
    String id = ID.decode(in);
    Decision decision = DECISION.decode(in);
    Drop drop =
        decision.reason() == null || decision.duplicateOf() == null
            ? null
            : new Drop(decision.reason(), decision.duplicateOf(), (flags & TO_CARRIED) != 0);
    return new Placement(
        decision.fingerprint(),
        decision.record(),
        content,
        id,
        order,
        decision.cluster(),
        drop,
        carried(flags),
        (flags & CONFLICT) != 0,
        decision.common());
  }

  private static int flags(Placement value) {
    Drop drop = value.drop();
    Split carried = value.carried();
    int flags = drop != null && drop.toCarried() ? TO_CARRIED : 0;
    flags |= value.conflict() ? CONFLICT : 0;
    if (carried != null) {
      flags |= carried == Split.TRAINING ? TRAINING : VALIDATION;
    }
    return flags;
  }

  private static @Nullable Split carried(int flags) {
    if ((flags & TRAINING) != 0) {
      return Split.TRAINING;
    }
    return (flags & VALIDATION) != 0 ? Split.VALIDATION : null;
  }
}
