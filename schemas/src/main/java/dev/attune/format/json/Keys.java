package dev.attune.format.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys that an object may have, by their bytes. At most 31. */
public final class Keys {
  /** A key that is none of these. */
  public static final int UNKNOWN = -1;

  /** Returned in place of a key at the end of an object. */
  public static final int END = -2;

  private final byte[][] names;

  private Keys(byte[][] names) {
    this.names = names;
  }

  /** Keys in this order: the first one is 0. Those that are met most stand first. */
  public static Keys of(String... names) {
    return new Keys(
        Arrays.stream(names)
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new));
  }

  /** The place of the string that a cursor has just read, or {@link #UNKNOWN}. */
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

  /** The place of a key by its name, or {@link #UNKNOWN}. */
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
