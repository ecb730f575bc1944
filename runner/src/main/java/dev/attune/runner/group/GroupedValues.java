package dev.attune.runner.group;

import dev.attune.runner.shuffle.GroupedPayloads;
import dev.attune.runner.shuffle.PayloadCursor;
import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.StringJoiner;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.util.common.Reiterable;
import org.apache.beam.sdk.util.common.Reiterator;

/** The values of one key, decoded each time that they are read. */
final class GroupedValues<T> implements Reiterable<T> {
  private final GroupedPayloads payloads;
  private final Decoder<T> decoder;

  GroupedValues(GroupedPayloads payloads, Decoder<T> decoder) {
    this.payloads = payloads;
    this.decoder = decoder;
  }

  /** Reads a value from its payload. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode(ByteSource payload) throws IOException;
  }

  @Override
  public Reiterator<T> iterator() {
    return new ValueIterator(payloads.cursor());
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    for (T value : this) {
      text.add(String.valueOf(value));
    }
    return text.toString();
  }

  private final class ValueIterator implements Reiterator<T> {
    private final PayloadCursor cursor;
    private boolean known;
    private boolean more;

    ValueIterator(PayloadCursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean hasNext() {
      if (!known) {
        more = cursor.next();
        known = true;
      }
      return more;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      known = false;
      try {
        return decoder.decode(cursor.payload());
      } catch (IOException e) {
        throw UserCodeException.wrap(e);
      }
    }

    @Override
    public Reiterator<T> copy() {
      ValueIterator copy = new ValueIterator(cursor.copy());
      copy.known = known;
      copy.more = more;
      return copy;
    }
  }
}
