package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Rank;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.RejectionReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/** Identities on the wire: the same bytes for equal values. */
public final class IdentityCoder extends AtomicCoder<Identity> {
  private static final RejectionReason[] REASONS = RejectionReason.values();
  private static final Commonness[] COMMONNESS = Commonness.values();
  private static final Split[] SPLITS = Split.values();

  /** Above every quality: no record that is read pays for a byte that it does not need. */
  private static final int CARRIED = 128;

  private IdentityCoder() {}

  public static IdentityCoder of() {
    return new IdentityCoder();
  }

  @Override
  public void encode(Identity value, OutputStream out) throws IOException {
    writeRank(value.rank(), out);
    Wire.writeKey(value.content(), out);
    Wire.writeKey(value.answer(), out);
    Wire.writeKey(value.keys().prompt(), out);
    Wire.writeTexts(value.categories(), out);
    Wire.writeOptional(value.group(), out);
    Wire.writeOptional(value.parent(), out);
    Wire.writeLong(value.node(), out);
    out.write(value.joins() ? 1 : 0);
    VarInt.encode(value.bytes(), out);
    Wire.writeEnum(value.common(), out);
    writeDrop(value.drop(), out);
  }

  @Override
  public Identity decode(InputStream in) throws IOException {
    return new Identity(
        readRank(in),
        new Identity.Keys(Wire.readKey(in), Wire.readKey(in), Wire.readKey(in)),
        Wire.readTexts(in),
        Wire.readOptional(in),
        Wire.readOptional(in),
        Wire.readLong(in),
        in.read() == 1,
        VarInt.decodeInt(in),
        Wire.readEnum(COMMONNESS, in),
        readDrop(in));
  }

  private static void writeRank(Rank rank, OutputStream out) throws IOException {
    Split carried = rank.carried();
    if (carried != null) {
      out.write(CARRIED + Wire.number(carried));
    }
    out.write(rank.quality());
    Wire.writeLong(rank.createdAt(), out);
    Wire.writeText(rank.id(), out);
    Wire.writeFingerprint(rank.fingerprint(), out);
    Wire.writeKey(rank.record(), out);
  }

  private static Rank readRank(InputStream in) throws IOException {
    int first = in.read();
    return new Rank(
        first < CARRIED ? null : SPLITS[first - CARRIED],
        first < CARRIED ? first : in.read(),
        Wire.readLong(in),
        Wire.readText(in),
        Wire.readFingerprint(in),
        Wire.readKey(in));
  }

  private static void writeDrop(@Nullable Drop drop, OutputStream out) throws IOException {
    Wire.writeOptional(drop == null ? null : drop.duplicateOf(), out);
    if (drop != null) {
      Wire.writeEnum(drop.reason(), out);
      out.write(drop.toCarried() ? 1 : 0);
    }
  }

  private static @Nullable Drop readDrop(InputStream in) throws IOException {
    String duplicateOf = Wire.readOptional(in);
    return duplicateOf == null
        ? null
        : new Drop(Wire.readEnum(REASONS, in), duplicateOf, in.read() == 1);
  }
}
