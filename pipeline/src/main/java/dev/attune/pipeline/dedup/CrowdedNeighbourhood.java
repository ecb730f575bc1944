package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The choice among many texts, as one template makes them, without comparing each with each:
 *
 * <ol>
 *   <li>in survivor order each text is compared with those that stay, found exactly through their
 *       rare shingles ({@link RareShingles});
 *   <li>then what gave way is held against all that stay, and
 *   <li>every pair of a band that at most {@link BandBucket#SMALL} of the texts have is looked at,
 *       for what hangs together through texts that gave way.
 * </ol>
 *
 * Where two texts hang together already nothing is compared, so a template costs little once its
 * texts do. Memory: the shingles twice.
 */
final class CrowdedNeighbourhood {
  private final List<Shingles> texts;
  private final int[] answers;
  private final int carried;
  private final Similarity similarity;
  private final NearChoice choice;
  private final RareShingles staying;
  private final List<Shingles> rareFirst;

  CrowdedNeighbourhood(List<Shingles> texts, int[] answers, int carried, Similarity similarity) {
    this.texts = texts;
    this.answers = answers;
    this.carried = carried;
    this.similarity = similarity;
    this.choice = new NearChoice(texts.size());
    Long2IntOpenHashMap counts = counts(texts);
    long[] rarest = rarestFirst(counts);
    int alone = 0;
    while (alone < rarest.length && counts.get(rarest[alone]) == 1) {
      alone++;
    }
    this.staying = new RareShingles(similarity, texts.size(), alone);
    this.rareFirst = replaced(texts, rarest);
  }

  NearChoice choose() {
    for (int i = 0; i < texts.size(); i++) {
      chooseFor(i);
    }
    for (int i = 0; i < texts.size(); i++) {
      joinToStaying(i);
    }
    joinInSmallBands();
    return choice;
  }

  private void chooseFor(int text) {
    IntArrayList candidates = staying.candidates(rareFirst.get(text));
    candidates.sort(null);
    for (int i = 0; text >= carried && i < candidates.size(); i++) {
      int other = candidates.getInt(i);
      if (answers[text] == answers[other] && isNear(text, other)) {
        choice.giveWay(text, other);
        choice.join(text, other);
        return;
      }
    }
    staying.add(text, rareFirst.get(text));
  }

  private void joinToStaying(int text) {
    boolean stays = choice.stays(text);
    IntArrayList candidates = staying.candidates(rareFirst.get(text));
    for (int i = 0; i < candidates.size(); i++) {
      int other = candidates.getInt(i);
      // Two that stay and have the same answer are not near, unless both had to stay.
      boolean chosen = text >= carried || other >= carried;
      boolean known = stays && chosen && answers[text] == answers[other];
      if (!known && !choice.together(text, other) && isNear(text, other)) {
        choice.join(text, other);
      }
    }
  }

  private void joinInSmallBands() {
    Signatures signatures = new Signatures(similarity);
    Long2ObjectOpenHashMap<IntArrayList> byBand = new Long2ObjectOpenHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      for (long band : signatures.of(texts.get(i)).bands()) {
        byBand.computeIfAbsent(band, b -> new IntArrayList(1)).add(i);
      }
    }
    for (IntArrayList members : byBand.values()) {
      if (members.size() <= BandBucket.SMALL) {
        joinPairs(members);
      }
    }
  }

  private void joinPairs(IntArrayList members) {
    for (int i = 1; i < members.size(); i++) {
      for (int j = 0; j < i; j++) {
        int a = members.getInt(i);
        int b = members.getInt(j);
        if (!choice.together(a, b) && isNear(a, b)) {
          choice.join(a, b);
        }
      }
    }
  }

  private boolean isNear(int a, int b) {
    return rareFirst.get(a).isNear(rareFirst.get(b), similarity);
  }

  private static Long2IntOpenHashMap counts(List<Shingles> texts) {
    Long2IntOpenHashMap counts = new Long2IntOpenHashMap();
    for (Shingles text : texts) {
      for (long shingle : text.hashes()) {
        counts.addTo(shingle, 1);
      }
    }
    return counts;
  }

  private static long[] rarestFirst(Long2IntOpenHashMap counts) {
    long[] all = counts.keySet().toLongArray();
    LongArrays.quickSort(
        all,
        (a, b) -> {
          int order = Integer.compare(counts.get(a), counts.get(b));
          return order == 0 ? Long.compare(a, b) : order;
        });
    return all;
  }

  /** The same sets, each shingle replaced by its place among all of them. */
  private static List<Shingles> replaced(List<Shingles> texts, long[] inOrder) {
    Long2IntOpenHashMap places = new Long2IntOpenHashMap(inOrder.length);
    for (int place = 0; place < inOrder.length; place++) {
      places.put(inOrder[place], place);
    }
    List<Shingles> replaced = new ArrayList<>(texts.size());
    for (Shingles text : texts) {
      long[] shingles = new long[text.size()];
      for (int i = 0; i < shingles.length; i++) {
        shingles[i] = places.get(text.hashes()[i]);
      }
      Arrays.sort(shingles);
      replaced.add(Shingles.ofSorted(shingles));
    }
    return replaced;
  }
}
