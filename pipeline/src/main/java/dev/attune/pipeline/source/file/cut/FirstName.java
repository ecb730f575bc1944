package dev.attune.pipeline.source.file.cut;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name with which the objects of a file begin. A line that cannot be parsed may contain two
 * records if another object in it begins with that name.
 */
public final class FirstName {
  /** Longer names are cut. */
  private static final int LONGEST = 64;

  /** Most names from bad lines that are kept. */
  private static final int MOST = 1000;

  private @Nullable String known;
  private final Set<String> inBadLines = new HashSet<>();

  /**
   * Keeps the first name of the first object that is passed.
   *
   * @return false if that name occurred within a bad line before
   */
  public boolean learn(byte[] bytes, int start, int end) {
    if (known == null) {
      known = nameAt(bytes, start, end);
      return known == null || !inBadLines.contains(known);
    }
    return true;
  }

  /**
   * Returns whether another object that may be a record begins after the start of a bad line, with
   * the known name or that of the line itself. While no name is known, {@link #learn} decides
   * later. An object after a colon or an opening bracket is part of another.
   */
  public boolean occursAgain(byte[] bytes, int start, int end) {
    String own = nameAt(bytes, start, end);
    byte before = 0;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b == '{' && i > start && before != ':' && before != '[') {
        String name = nameAt(bytes, i, end);
        if (name != null && (name.equals(known) || name.equals(own) || !keep(name))) {
          return true;
        }
      }
      before = b == ' ' || b == '\t' ? before : b;
    }
    return false;
  }

  private boolean keep(String name) {
    if (known == null) {
      inBadLines.add(name);
    }
    return inBadLines.size() <= MOST;
  }

  /** Returns the first name of the object that starts here, or null if none can be read. */
  private static @Nullable String nameAt(byte[] bytes, int start, int end) {
    int i = start;
    if (i == end || bytes[i] != '{') {
      return null;
    }
    i++;
    while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    if (i == end || bytes[i] != '"') {
      return null;
    }
    int first = i + 1;
    int last = first;
    while (last < end && bytes[last] != '"' && last - first < LONGEST) {
      last++;
    }
    return last >= end ? null : new String(bytes, first, last - first, StandardCharsets.ISO_8859_1);
  }
}
