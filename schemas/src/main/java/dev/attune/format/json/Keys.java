package dev.attune.format.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A list of at most 31 known keys or words. */
public final class Keys {
  /** Returned for a key that is not in the list. */
  public static final int UNKNOWN = -1;

  /** Returned in place of a key at the end of an object. */
  public static final int END = -2;

  private final byte[][] names;

  private Keys(byte[][] names) {
    this.names = names;
  }

  /** Creates a list; the first key has the number 0. Frequent keys should come first. */
  public static Keys of(String... names) {
    return new Keys(
        Arrays.stream(names)
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new));
  }

  /** Returns the number of the last string of a cursor, or {@link #UNKNOWN}. */
  public int find(JsonCursor in) {
    if (in.escaped()) {
      return find(in.text());
    }
    for (int i = 0; i < names.length; i++) {
      if (in.stringIs(names[i])) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /** Returns the number of a key, or {@link #UNKNOWN}. */
  public int place(String name) {
    return find(name);
  }

  private int find(String name) {
    for (int i = 0; i < names.length; i++) {
      if (name.equals(new String(names[i], StandardCharsets.US_ASCII))) {
        return i;
      }
    }
    return UNKNOWN;
  }
}
