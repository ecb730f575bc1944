package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.SourceName;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/** Examples on the wire: the same bytes for equal examples. */
public final class ExampleCoder extends AtomicCoder<Example> {
  private static final SourceName[] SOURCES = SourceName.values();
  private static final Role[] ROLES = Role.values();

  private ExampleCoder() {}

  public static ExampleCoder of() {
    return new ExampleCoder();
  }

  @Override
  public void encode(Example example, OutputStream out) throws IOException {
    Wire.writeText(example.id(), out);
    Wire.writeEnum(example.source(), out);
    Wire.writeText(example.location(), out);
    Wire.writeOptional(example.group(), out);
    Wire.writeOptional(example.parent(), out);
    Wire.writeLong(example.createdAt(), out);
    Wire.writeOptional(example.line().system(), out);
    VarInt.encode(example.line().turns().size(), out);
    for (Turn turn : example.line().turns()) {
      Wire.writeEnum(turn.role(), out);
      Wire.writeText(turn.text(), out);
      Wire.writeTexts(turn.media(), out);
    }
    Wire.writeTexts(example.categories(), out);
    writeQuality(example.quality(), out);
  }

  @Override
  public Example decode(InputStream in) throws IOException {
    String id = Wire.readText(in);
    SourceName source = Wire.readEnum(SOURCES, in);
    String location = Wire.readText(in);
    String group = Wire.readOptional(in);
    String parent = Wire.readOptional(in);
    long createdAt = Wire.readLong(in);
    String system = Wire.readOptional(in);
    int size = VarInt.decodeInt(in);
    List<Turn> turns = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      turns.add(new Turn(Wire.readEnum(ROLES, in), Wire.readText(in), Wire.readTexts(in)));
    }
    ExampleLine line = new ExampleLine(system, turns);
    List<String> categories = Wire.readTexts(in);
    return new Example(
        id, source, location, group, parent, createdAt, line, categories, readQuality(in));
  }

  static void writeQuality(@Nullable Quality quality, OutputStream out) throws IOException {
    if (quality == null) {
      out.write(0);
    } else {
      out.write(quality.brought() ? 2 : 1);
      out.write(quality.tenths());
      out.write(quality.factors());
    }
  }

  static @Nullable Quality readQuality(InputStream in) throws IOException {
    int kind = in.read();
    return kind == 0 ? null : new Quality(in.read(), in.read(), kind == 2);
  }
}
