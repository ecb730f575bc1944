package dev.attune.pipeline.write.part;

import dev.attune.pipeline.example.Line;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record in a temporary file: its sort key, then its line.
 *
 * @param id the full id
 * @param location of the record
 * @param line of rejected.jsonl
 */
public record RejectedFrame(String id, String location, Line line) {
  public void write(DataOutputStream out) throws IOException {
    writeBytes(id.getBytes(StandardCharsets.UTF_8), out);
    writeBytes(location.getBytes(StandardCharsets.UTF_8), out);
    writeBytes(line.bytes(), out);
  }

  /** Returns the next frame, or null at the end of the file. */
  public static @Nullable RejectedFrame read(DataInputStream in) throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return null;
    }
    String id = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String location = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    return new RejectedFrame(id, location, new Line(in.readNBytes(in.readInt())));
  }

  private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
