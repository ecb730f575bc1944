package dev.attune.pipeline.coder;

import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/** Writes and reads the values of one record component; see {@link RecordCoder}. */
interface ComponentFormat<V> {
  void write(V value, OutputStream out) throws IOException;

  V read(InputStream in) throws IOException;

  /** Writes a value. */
  @FunctionalInterface
  interface Writer<V> {
    void write(V value, OutputStream out) throws IOException;
  }

  /** Reads a value. */
  @FunctionalInterface
  interface Reader<V> {
    V read(InputStream in) throws IOException;
  }

  /** The formats of the types that are neither records nor enums, and of small records. */
  Map<Class<?>, ComponentFormat<?>> SIMPLE =
      Map.of(
          String.class,
          of(Wire::writeText, Wire::readText),
          long.class,
          of(Wire::writeLong, Wire::readLong),
          Long.class,
          of(Wire::writeLong, Wire::readLong),
          int.class,
          of(VarInt::encode, VarInt::decodeInt),
          double.class,
          ComponentFormat.<Double>of(
              (value, out) -> Wire.writeLong(Double.doubleToLongBits(value), out),
              in -> Double.longBitsToDouble(Wire.readLong(in))),
          boolean.class,
          ComponentFormat.<Boolean>of(
              (value, out) -> out.write(value ? 1 : 0), in -> in.read() == 1),
          Line.class,
          ComponentFormat.<Line>of(
              (line, out) -> Wire.writeBytes(line.bytes(), out),
              in -> new Line(Wire.readBytes(in))),
          Key128.class,
          of(Wire::writeKey, Wire::readKey),
          Fingerprint.class,
          of(Wire::writeFingerprint, Wire::readFingerprint));

  /** Returns the format of a simple type or an enum, or null for any other type. */
  static @Nullable ComponentFormat<?> of(Class<?> type) {
    return type.isEnum() ? ofEnum(type.getEnumConstants()) : SIMPLE.get(type);
  }

  private static <V> ComponentFormat<V> of(Writer<V> writer, Reader<V> reader) {
    return new ComponentFormat<>() {
      @Override
      public void write(V value, OutputStream out) throws IOException {
        writer.write(value, out);
      }

      @Override
      public V read(InputStream in) throws IOException {
        return reader.read(in);
      }
    };
  }

  @SuppressWarnings("EnumOrdinal") // written and read by the same version of the enum
  private static <E> ComponentFormat<E> ofEnum(E[] values) {
    return of((value, out) -> out.write(((Enum<?>) value).ordinal()), in -> values[in.read()]);
  }

  /** Returns the format of collections of these values, which are made by {@code create}. */
  default <C extends Collection<V>> ComponentFormat<C> collection(IntFunction<C> create) {
    return of(
        (values, out) -> {
          VarInt.encode(values.size(), out);
          for (V value : values) {
            write(value, out);
          }
        },
        in -> {
          int size = VarInt.decodeInt(in);
          C values = create.apply(size);
          for (int i = 0; i < size; i++) {
            values.add(read(in));
          }
          return values;
        });
  }

  /** Returns the format of maps from these values to others. */
  default <W> ComponentFormat<Map<V, W>> mapTo(ComponentFormat<W> others) {
    return of(
        (map, out) -> {
          VarInt.encode(map.size(), out);
          for (Map.Entry<V, W> entry : map.entrySet()) {
            write(entry.getKey(), out);
            others.write(entry.getValue(), out);
          }
        },
        in -> {
          Map<V, W> map = new HashMap<>();
          for (int left = VarInt.decodeInt(in); left > 0; left--) {
            map.put(read(in), others.read(in));
          }
          return map;
        });
  }
}
