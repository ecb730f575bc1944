package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * Encodes shingles. Equal values have equal bytes. For the whole text, it writes only the shingles
 * that are in neither prompt nor answer; for a template, one bit for each shingle of the text.
 */
public final class ShingledCoder extends AtomicCoder<Shingled> {
  private static final int ANSWERED = 1;
  private static final int PROMPT_IN_WHOLE = 1 << 1;
  private static final int ANSWER_IN_WHOLE = 1 << 2;
  private static final int COMMON = 1 << 3;
  private static final int TRAINED = 1 << 4;

  private ShingledCoder() {}

  public static ShingledCoder of() {
    return new ShingledCoder();
  }

  @Override
  public void encode(Shingled value, OutputStream out) throws IOException {
    Wire.writeKey(value.content(), out);
    Wire.writeKey(value.prompt(), out);
    String trained = value.trained();
    ComparedShingles shingles = value.shingles();
    int flags = flags(shingles);
    out.write(flags | (value.common() ? COMMON : 0) | (trained == null ? 0 : TRAINED));
    if (trained != null) {
      Wire.writeText(trained, out);
    }
    Wire.writeLongArray(shingles.prompt().hashes(), out);
    Shingles answer = shingles.answer();
    if (answer != null) {
      Wire.writeLongArray(answer.hashes(), out);
      Shingles parts = parts(shingles.prompt(), answer, flags);
      Wire.writeLongArray(shingles.whole().without(parts).hashes(), out);
    }
    writeLeftOut(value.leftOut(), own(shingles), out);
  }

  @Override
  public Shingled decode(InputStream in) throws IOException {
    Key128 content = Wire.readKey(in);
    Key128 prompt = Wire.readKey(in);
    int flags = in.read();
    String trained = (flags & TRAINED) == 0 ? null : Wire.readText(in);
    ComparedShingles shingles = readShingles(flags, in);
    return new Shingled(
        content, prompt, shingles, trained, (flags & COMMON) != 0, readLeftOut(own(shingles), in));
  }

  private static int flags(ComparedShingles shingles) {
    Shingles answer = shingles.answer();
    if (answer == null) {
      return 0;
    }
    int flags = ANSWERED;
    flags |= shingles.whole().hasAll(shingles.prompt()) ? PROMPT_IN_WHOLE : 0;
    return flags | (shingles.whole().hasAll(answer) ? ANSWER_IN_WHOLE : 0);
  }

  /**
   * Returns the shingles of prompt and answer that the whole text contains. A prompt or answer that
   * is shorter than a shingle adds nothing.
   */
  private static Shingles parts(Shingles prompt, Shingles answer, int flags) {
    Shingles parts = (flags & PROMPT_IN_WHOLE) == 0 ? Shingles.NONE : prompt;
    return (flags & ANSWER_IN_WHOLE) == 0 ? parts : parts.with(answer);
  }

  private static ComparedShingles readShingles(int flags, InputStream in) throws IOException {
    Shingles prompt = read(in);
    if ((flags & ANSWERED) == 0) {
      return ComparedShingles.ofPrompt(prompt);
    }
    Shingles answer = read(in);
    Shingles parts = parts(prompt, answer, flags);
    return new ComparedShingles(prompt, answer, read(in).with(parts));
  }

  private static Shingles read(InputStream in) throws IOException {
    return Shingles.ofSorted(Wire.readLongArray(in));
  }

  private static Shingles own(ComparedShingles shingles) {
    return shingles.whole().with(shingles.prompt());
  }

  private static void writeLeftOut(LeftOut leftOut, Shingles own, OutputStream out)
      throws IOException {
    VarInt.encode(leftOut.levels().size(), out);
    for (Shingles level : leftOut.levels()) {
      BitSet ofOwn = new BitSet();
      for (int i = 0; i < own.size(); i++) {
        ofOwn.set(i, Arrays.binarySearch(level.hashes(), own.hashes()[i]) >= 0);
      }
      Wire.writeBytes(ofOwn.toByteArray(), out);
      Wire.writeLongArray(level.without(own).hashes(), out);
    }
  }

  private static LeftOut readLeftOut(Shingles own, InputStream in) throws IOException {
    int levels = VarInt.decodeInt(in);
    if (levels == 0) {
      return LeftOut.NONE;
    }
    List<Shingles> read = new ArrayList<>();
    for (int i = 0; i < levels; i++) {
      BitSet ofOwn = BitSet.valueOf(Wire.readBytes(in));
      long[] shared = ofOwn.stream().mapToLong(at -> own.hashes()[at]).toArray();
      read.add(Shingles.ofSorted(shared).with(read(in)));
    }
    return new LeftOut(read);
  }
}
