package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.Int2ObjectLinkedOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the texts of a neighbourhood that are connected: near in prompt or whole text, directly or
 * through other texts. If more than {@link #MOST} kept texts of a conversation dataset are
 * connected, the shingles that more than half of them share are a template. These shingles are left
 * out, and the connections among these texts are computed again; this is repeated for parts that
 * are still larger.
 */
final class JoinedTexts {
  /**
   * Up to this many texts are joined even if they share a template; see docs/near-duplicates.md.
   */
  static final int MOST = 20;

  /** The maximum depth of templates in templates, which bounds the time; deeper ones are joined. */
  private static final int MOST_LEVELS = 8;

  private static final int NONE = -1;

  private final NearChoice choice;
  private final Similarity similarity;
  private final int[] parts;
  private final int[] firsts;
  private final LeftOut[] leftOut;
  private final List<IntArrayList> templates = new ArrayList<>();
  private int found;

  private JoinedTexts(int texts, NearChoice choice, Similarity similarity) {
    this.choice = choice;
    this.similarity = similarity;
    this.parts = new int[texts];
    this.firsts = new int[texts];
    this.leftOut = new LeftOut[texts];
    Arrays.fill(parts, NONE);
    Arrays.fill(firsts, NONE);
    Arrays.fill(leftOut, LeftOut.NONE);
  }

  /**
   * Finds the connected texts.
   *
   * @param texts all texts of a neighbourhood
   * @param taking the numbers of the texts that may be joined, in ascending order
   * @param choice which texts are kept
   */
  static JoinedTexts of(
      List<ComparedShingles> texts, IntArrayList taking, NearChoice choice, Similarity similarity) {
    JoinedTexts joined = new JoinedTexts(texts.size(), choice, similarity);
    List<ComparedShingles> taken = new ArrayList<>(taking.size());
    taking.forEach(text -> taken.add(texts.get(text)));
    joined.find(taking, taken, LeftOut.NONE);
    return joined;
  }

  private void find(IntArrayList members, List<ComparedShingles> texts, LeftOut left) {
    Forest forest = new Forest(members.size());
    CrowdedSets.join(texts.stream().map(ComparedShingles::prompt).toList(), similarity, forest);
    boolean answered = !texts.isEmpty() && texts.get(0).hasAnswer();
    if (answered) {
      CrowdedSets.join(texts.stream().map(ComparedShingles::whole).toList(), similarity, forest);
    }
    Int2ObjectLinkedOpenHashMap<IntArrayList> byRoot = new Int2ObjectLinkedOpenHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      byRoot.computeIfAbsent(forest.root(i), root -> new IntArrayList(1)).add(i);
    }
    for (IntArrayList part : byRoot.values()) {
      Shingles more = answered ? template(part, members, texts, left) : Shingles.NONE;
      if (more.size() == 0) {
        finish(part, members, left);
      } else {
        divide(part, members, texts, left, more);
      }
    }
  }

  /**
   * Returns the shingles that more than half of the kept texts share, or no shingles if there are
   * few kept texts.
   */
  private Shingles template(
      IntArrayList part, IntArrayList members, List<ComparedShingles> texts, LeftOut left) {
    if (part.size() <= MOST || left.levels().size() == MOST_LEVELS) {
      return Shingles.NONE;
    }
    int staying = 0;
    Long2IntOpenHashMap counts = new Long2IntOpenHashMap();
    for (int i = 0; i < part.size(); i++) {
      if (choice.stays(members.getInt(part.getInt(i)))) {
        staying++;
        ComparedShingles text = texts.get(part.getInt(i));
        for (long shingle : text.whole().with(text.prompt()).hashes()) {
          counts.addTo(shingle, 1);
        }
      }
    }
    if (staying <= MOST) {
      return Shingles.NONE;
    }
    long[] most = new long[counts.size()];
    int size = 0;
    for (Long2IntMap.Entry entry : counts.long2IntEntrySet()) {
      if (2L * entry.getIntValue() > staying) {
        most[size++] = entry.getLongKey();
      }
    }
    Arrays.sort(most, 0, size);
    return Shingles.ofSorted(Arrays.copyOf(most, size));
  }

  private void divide(
      IntArrayList part,
      IntArrayList members,
      List<ComparedShingles> texts,
      LeftOut left,
      Shingles more) {
    IntArrayList inPart = new IntArrayList(part.size());
    List<ComparedShingles> reduced = new ArrayList<>(part.size());
    IntArrayList staying = new IntArrayList();
    for (int i = 0; i < part.size(); i++) {
      int member = members.getInt(part.getInt(i));
      inPart.add(member);
      reduced.add(texts.get(part.getInt(i)).without(more));
      if (choice.stays(member)) {
        staying.add(member);
      }
    }
    if (left.isNothing()) {
      templates.add(staying);
    }
    find(inPart, reduced, left.and(more));
  }

  private void finish(IntArrayList part, IntArrayList members, LeftOut left) {
    int first = NONE;
    for (int i = 0; i < part.size() && first == NONE; i++) {
      int member = members.getInt(part.getInt(i));
      first = choice.stays(member) ? member : NONE;
    }
    for (int i = 0; i < part.size(); i++) {
      int member = members.getInt(part.getInt(i));
      parts[member] = found;
      firsts[member] = first;
      leftOut[member] = left;
    }
    found++;
  }

  /** Returns whether two texts are connected. */
  boolean together(int a, int b) {
    return parts[a] != NONE && parts[a] == parts[b];
  }

  /** Returns the first kept text that a kept text is connected with, or the text itself. */
  int first(int text) {
    return firsts[text] == NONE ? text : firsts[text];
  }

  /** Returns the template shingles that are left out when a text is compared. */
  LeftOut leftOut(int text) {
    return leftOut[text];
  }

  /** Returns the kept texts of each template. */
  List<IntArrayList> templates() {
    return templates;
  }
}
