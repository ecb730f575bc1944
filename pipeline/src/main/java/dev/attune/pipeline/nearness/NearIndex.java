package dev.attune.pipeline.nearness;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds, exactly, which of a few thousand texts another one is near to: from each 3-gram to the
 * texts that have it. A text that lacks too many of all 3-grams in here is near none of them, which
 * most texts show after a fifth of theirs. Not thread-safe: it counts in tables of its own; {@link
 * #copy} shares the rest. Memory: about 20 bytes for each 3-gram of each text.
 */
public final class NearIndex {
  /** Near nothing. */
  public static final int NONE = -1;

  private final Similarity similarity;
  private final Long2ObjectOpenHashMap<IntArrayList> textsByShingle;
  private final List<Shingles> texts;
  private int[] shared = new int[0];
  private long[] missing = new long[0];

  public NearIndex(Similarity similarity) {
    this(similarity, new Long2ObjectOpenHashMap<>(), new ArrayList<>());
  }

  private NearIndex(
      Similarity similarity,
      Long2ObjectOpenHashMap<IntArrayList> textsByShingle,
      List<Shingles> texts) {
    this.similarity = similarity;
    this.textsByShingle = textsByShingle;
    this.texts = texts;
  }

  /** The same texts, for another thread; nothing may be added to either any more. */
  public NearIndex copy() {
    return new NearIndex(similarity, textsByShingle, texts);
  }

  /** Adds a text; its number is how many there were. */
  public void add(Shingles text) {
    for (long shingle : text.hashes()) {
      textsByShingle.computeIfAbsent(shingle, s -> new IntArrayList(1)).add(texts.size());
    }
    texts.add(text);
  }

  /** How many texts there are. */
  public int size() {
    return texts.size();
  }

  /** The smallest number of a text that this one is near to, or {@link #NONE}. */
  public int find(Shingles text) {
    return find(text, 0);
  }

  /**
   * The smallest number, from this one on, of a text that this one is near to, or {@link #NONE}.
   */
  public int find(Shingles text, int from) {
    int missesLeft = similarity.mostMissing(text.size());
    for (long shingle : text.hashes()) {
      if (!textsByShingle.containsKey(shingle) && --missesLeft < 0) {
        return NONE;
      }
    }
    return search(text, from);
  }

  /** The same of a text whose shingles are not at hand: most often few of them have to be made. */
  public int find(String text) {
    ShingleScan scan = new ShingleScan(text);
    // A set is not larger than the scan is long, so it may miss no more than this.
    int most = similarity.mostMissing(scan.count());
    if (missing.length <= most) {
      missing = new long[most + 1];
    }
    int misses = 0;
    while (scan.hasNext()) {
      long shingle = scan.next();
      if (!textsByShingle.containsKey(shingle) && !contains(missing, misses, shingle)) {
        missing[misses++] = shingle;
        if (misses > most) {
          return NONE;
        }
      }
    }
    return find(Shingles.of(text));
  }

  private static boolean contains(long[] values, int count, long value) {
    for (int i = 0; i < count; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  private int search(Shingles text, int from) {
    if (shared.length < texts.size()) {
      shared = new int[texts.size()];
    }
    Arrays.fill(shared, 0);
    for (long shingle : text.hashes()) {
      IntArrayList having = textsByShingle.get(shingle);
      for (int i = 0; having != null && i < having.size(); i++) {
        shared[having.getInt(i)]++;
      }
    }
    for (int i = from; i < texts.size(); i++) {
      if (similarity.isNear(shared[i], text.size(), texts.get(i).size())) {
        return i;
      }
    }
    return NONE;
  }
}
