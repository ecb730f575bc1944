package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/** What records ask on the wire: the same bytes for equal values. */
public final class AskedCoder extends AtomicCoder<Asked> {
  private static final Commonness[] COMMONNESS = Commonness.values();
  private static final Split[] SPLITS = Split.values();

  private AskedCoder() {}

  public static AskedCoder of() {
    return new AskedCoder();
  }

  @Override
  public void encode(Asked value, OutputStream out) throws IOException {
    Wire.writeKey(value.prompt(), out);
    Wire.writeKey(value.dialogue(), out);
    VarInt.encode(value.beginnings().size(), out);
    for (Asked.Beginning beginning : value.beginnings()) {
      Wire.writeKey(beginning.key(), out);
      Wire.writeKey(beginning.continuation(), out);
    }
    Wire.writeLong(value.node(), out);
    Wire.writeText(value.id(), out);
    Split carried = value.carried();
    out.write(carried == null ? 0 : Wire.number(carried) + 1);
    Wire.writeEnum(value.common(), out);
  }

  @Override
  public Asked decode(InputStream in) throws IOException {
    return new Asked(
        Wire.readKey(in),
        Wire.readKey(in),
        readBeginnings(in),
        Wire.readLong(in),
        Wire.readText(in),
        readCarried(in),
        Wire.readEnum(COMMONNESS, in));
  }

  private static List<Asked.Beginning> readBeginnings(InputStream in) throws IOException {
    int size = VarInt.decodeInt(in);
    List<Asked.Beginning> beginnings = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      beginnings.add(new Asked.Beginning(Wire.readKey(in), Wire.readKey(in)));
    }
    return beginnings;
  }

  private static @Nullable Split readCarried(InputStream in) throws IOException {
    int number = in.read();
    return number == 0 ? null : SPLITS[number - 1];
  }
}
