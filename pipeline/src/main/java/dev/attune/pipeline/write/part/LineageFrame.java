package dev.attune.pipeline.write.part;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The lineage of an example in a temporary file: keys by which the last stage compares the splits,
 * then the line without its head.
 *
 * @param group key of its group's name, or of its own id if its prompt is common
 * @param content key of its normal form
 * @param carried whether it is carried over from the previous dataset
 * @param common whether its prompt is common, so that it is not joined with other records
 * @param tail see {@link DatasetLines#lineageTail}
 */
public record LineageFrame(
    Key128 group, Key128 content, boolean carried, boolean common, Line tail) {
  public void write(DataOutputStream out) throws IOException {
    writeKey(group, out);
    writeKey(content, out);
    out.writeBoolean(carried);
    out.writeBoolean(common);
    out.writeInt(tail.bytes().length);
    out.write(tail.bytes());
  }

  public static LineageFrame read(DataInputStream in) throws IOException {
    Key128 group = new Key128(in.readLong(), in.readLong());
    Key128 content = new Key128(in.readLong(), in.readLong());
    boolean carried = in.readBoolean();
    boolean common = in.readBoolean();
    byte[] tail = new byte[in.readInt()];
    in.readFully(tail);
    return new LineageFrame(group, content, carried, common, new Line(tail));
  }

  private static void writeKey(Key128 key, DataOutputStream out) throws IOException {
    out.writeLong(key.high());
    out.writeLong(key.low());
  }
}
