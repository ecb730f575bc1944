package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.prompt.PromptEntry.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Entries on the wire: of each kind only what it needs. */
final class PromptEntryCoder extends AtomicCoder<PromptEntry> {
  private static final Kind[] KINDS = Kind.values();
  private static final Split[] SPLITS = Split.values();
  private static final StringUtf8Coder IDS = StringUtf8Coder.of();

  // Both ends run the same jar, and nothing encoded outlives the job.
  @SuppressWarnings("EnumOrdinal")
  @Override
  public void encode(PromptEntry value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    Split carried = value.carried();
    data.writeByte(value.kind().ordinal());
    data.writeByte(carried == null ? 0 : carried.ordinal() + 1);
    data.writeBoolean(value.wasCommon());
    data.writeLong(value.node());
    write(value.key(), data);
    if (value.kind() != Kind.PROMPT) {
      write(value.prompt(), data);
    }
    if (value.kind() == Kind.BEGINNING) {
      write(value.continuation(), data);
    }
    IDS.encode(value.id(), data);
  }

  @Override
  public PromptEntry decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    Kind kind = KINDS[data.readByte()];
    int number = data.readByte();
    Split carried = number == 0 ? null : SPLITS[number - 1];
    boolean wasCommon = data.readBoolean();
    long node = data.readLong();
    Key128 key = read(data);
    Key128 prompt = kind == Kind.PROMPT ? key : read(data);
    Key128 continuation = kind == Kind.BEGINNING ? read(data) : key;
    return new PromptEntry(
        kind, key, prompt, continuation, node, IDS.decode(data), carried, wasCommon);
  }

  private static void write(Key128 key, DataOutputStream out) throws IOException {
    out.writeLong(key.high());
    out.writeLong(key.low());
  }

  private static Key128 read(DataInputStream in) throws IOException {
    return new Key128(in.readLong(), in.readLong());
  }
}
