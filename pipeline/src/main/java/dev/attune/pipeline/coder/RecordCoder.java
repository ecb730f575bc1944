package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a record as its components, one after the other. Encodes a value of a sealed interface as
 * the number of its record class, followed by the record. Equal values have equal bytes, unless
 * they have a set or a map, which are written in no particular order: such records are no keys.
 *
 * <p>A component may be a String, long, int, double, boolean, enum, {@link
 * dev.attune.pipeline.example.Line}, List, Set or Map of these, or another record. Only components
 * marked {@code @Nullable} may be null. The bytes are read by the same version of the classes only.
 *
 * @param <T> the record or sealed interface
 */
public final class RecordCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;

  private static final ClassValue<RecordCoder<?>> CODERS =
      new ClassValue<>() {
        @Override
        protected RecordCoder<?> computeValue(Class<?> type) {
          return new RecordCoder<>(type);
        }
      };

  private final Class<T> type;
  private final transient ComponentFormat<T> format;

  private RecordCoder(Class<T> type) {
    this.type = type;
    this.format = type.isSealed() ? sealedFormat(type) : new RecordFormat<>(type);
  }

  /**
   * Returns the coder of a type.
   *
   * @throws IllegalArgumentException if it is neither a record nor a sealed interface of records,
   *     or a component has a type that cannot be encoded
   */
  @SuppressWarnings("unchecked") // computeValue makes the coder of its argument
  public static <T> RecordCoder<T> of(Class<T> type) {
    return (RecordCoder<T>) CODERS.get(type);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    format.write(value, out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return format.read(in);
  }

  private static <T> ComponentFormat<T> sealedFormat(Class<T> type) {
    List<Class<?>> types = List.of(type.getPermittedSubclasses());
    List<? extends ComponentFormat<?>> formats =
        types.stream().map(each -> of(each).format).toList();
    return new ComponentFormat<>() {
      @Override
      @SuppressWarnings("unchecked") // the format at an index is that of the class at that index
      public void write(T value, OutputStream out) throws IOException {
        int number = types.indexOf(value.getClass());
        out.write(number);
        ((ComponentFormat<T>) formats.get(number)).write(value, out);
      }

      @Override
      public T read(InputStream in) throws IOException {
        return type.cast(formats.get(in.read()).read(in));
      }
    };
  }

  private static final class RecordFormat<T> implements ComponentFormat<T> {
    private final Class<T> type;
    private final List<Component> components = new ArrayList<>();
    private final Constructor<T> constructor;

    RecordFormat(Class<T> type) {
      RecordComponent[] declared = type.getRecordComponents();
      if (declared == null) {
        throw new IllegalArgumentException(type + " is not a record");
      }
      this.type = type;
      for (RecordComponent component : declared) {
        components.add(Component.of(component));
      }
      try {
        this.constructor =
            type.getDeclaredConstructor(
                Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(type + " cannot be encoded", e);
      }
      constructor.setAccessible(true);
    }

    @Override
    public void write(T value, OutputStream out) throws IOException {
      for (Component component : components) {
        component.writeOf(value, out);
      }
    }

    @Override
    public T read(InputStream in) throws IOException {
      @Nullable Object[] values = new @Nullable Object[components.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = components.get(i).read(in);
      }
      try {
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException e) {
        throw new CoderException("cannot decode a " + type, e);
      }
    }
  }

  private record Component(Method accessor, ComponentFormat<Object> format, boolean nullable) {
    @SuppressWarnings("unchecked") // the format is that of the component's type
    static Component of(RecordComponent component) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return new Component(
          accessor,
          (ComponentFormat<Object>) format(component.getGenericType()),
          component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    private static ComponentFormat<?> format(Type type) {
      if (type instanceof ParameterizedType generic) {
        Type[] of = generic.getActualTypeArguments();
        if (generic.getRawType().equals(List.class)) {
          return format(of[0]).collection(ArrayList::new);
        } else if (generic.getRawType().equals(Set.class)) {
          return format(of[0]).collection(HashSet::new);
        } else if (generic.getRawType().equals(Map.class)) {
          return format(of[0]).mapTo(format(of[1]));
        }
      }
      if (type instanceof Class<?> plain) {
        ComponentFormat<?> simple = ComponentFormat.of(plain);
        return simple == null ? RecordCoder.of(plain).format : simple;
      }
      throw new IllegalArgumentException(type + " cannot be encoded");
    }

    void writeOf(Object value, OutputStream out) throws IOException {
      Object component;
      try {
        component = accessor.invoke(value);
      } catch (ReflectiveOperationException e) {
        throw new CoderException("cannot encode a " + value.getClass(), e);
      }
      if (nullable) {
        out.write(component == null ? 0 : 1);
      }
      if (component != null || !nullable) {
        format.write(component, out);
      }
    }

    @Nullable Object read(InputStream in) throws IOException {
      return nullable && in.read() == 0 ? null : format.read(in);
    }
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordCoder<?> that && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type);
  }

  @Override
  public String toString() {
    return "RecordCoder of " + type.getName();
  }

  private Object readResolve() {
    return of(type);
  }
}
