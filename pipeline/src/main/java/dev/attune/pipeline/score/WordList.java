package dev.attune.pipeline.score;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Loads a list from a resource with one entry per line; {@code #} begins a comment. */
final class WordList {
  private WordList() {}

  /** Returns the entries of a resource next to this class, in its order. */
  static List<String> load(String resource) {
    List<String> entries = new ArrayList<>();
    try (var in = WordList.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          entries.add(checked(line, resource));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(entries);
  }

  private static String checked(String entry, String resource) {
    boolean fine =
        entry.equals(entry.strip())
            && entry.chars().allMatch(c -> c >= ' ' && c < 0x7F && (c < 'A' || c > 'Z'));
    if (!fine) {
      throw new IllegalStateException(resource + " has an entry that is not lower-case ASCII");
    }
    return entry;
  }
}
