package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.RareShingles;
import dev.attune.pipeline.nearness.RarestFirst;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.List;

/**
 * Joins near sets among many sets without comparing every pair. Many texts of one template are an
 * example. The steps:
 *
 * <ol>
 *   <li>Each set, in order, is compared with the leaders, which are found exactly through their
 *       rare shingles ({@link RareShingles}). A set that is near to no leader becomes a leader.
 *   <li>Each other set is compared with all leaders.
 *   <li>Every pair in a band of at most {@link BandBucket#SMALL} sets is compared, to find
 *       connections between sets that are not leaders.
 * </ol>
 *
 * Two sets that are already connected are not compared, so a template costs little once its texts
 * are connected. Memory: twice the shingles.
 */
final class CrowdedSets {
  /** The maximum number of sets for which comparing every pair is cheaper. */
  static final int FEW = 48;

  private final List<Shingles> sets;
  private final Similarity similarity;
  private final Forest forest;
  private final RarestFirst rarestFirst;
  private final RareShingles leaders;
  private int apart;

  private CrowdedSets(List<Shingles> sets, Similarity similarity, Forest forest) {
    this.sets = sets;
    this.similarity = similarity;
    this.forest = forest;
    this.rarestFirst = RarestFirst.of(sets);
    this.leaders = new RareShingles(similarity, rarestFirst.firstShared());
    for (int i = 0; i < sets.size(); i++) {
      apart += forest.root(i) == i ? 1 : 0;
    }
  }

  /** Joins the numbers of near sets in a forest. The forest may already contain joins. */
  static void join(List<Shingles> sets, Similarity similarity, Forest forest) {
    if (sets.size() <= FEW) {
      joinFew(sets, similarity, forest);
    } else {
      new CrowdedSets(sets, similarity, forest).join();
    }
  }

  static void joinFew(List<Shingles> sets, Similarity similarity, Forest forest) {
    for (int i = 1; i < sets.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!forest.together(i, j) && sets.get(i).isNear(sets.get(j), similarity)) {
          forest.join(i, j);
        }
      }
    }
  }

  private void join() {
    IntArrayList others = new IntArrayList();
    for (int i = 0; i < sets.size() && apart > 1; i++) {
      if (!follows(i)) {
        leaders.add(i, rarestFirst.get(i));
      } else {
        others.add(i);
      }
    }
    for (int i = 0; i < others.size() && apart > 1; i++) {
      joinToLeaders(others.getInt(i));
    }
    if (apart > 1) {
      joinInSmallBands();
    }
  }

  private boolean follows(int set) {
    IntArrayList candidates = leaders.candidates(rarestFirst.get(set));
    for (int i = 0; i < candidates.size(); i++) {
      int leader = candidates.getInt(i);
      if (isNear(set, leader)) {
        join(set, leader);
        return true;
      }
    }
    return false;
  }

  private void joinToLeaders(int set) {
    IntArrayList candidates = leaders.candidates(rarestFirst.get(set));
    for (int i = 0; i < candidates.size(); i++) {
      joinIfNear(set, candidates.getInt(i));
    }
  }

  private void joinInSmallBands() {
    Signatures signatures = new Signatures(similarity);
    Long2ObjectOpenHashMap<IntArrayList> byBand = new Long2ObjectOpenHashMap<>();
    for (int i = 0; i < sets.size(); i++) {
      if (sets.get(i).size() > 0) {
        for (long band : signatures.of(sets.get(i)).bands()) {
          byBand.computeIfAbsent(band, b -> new IntArrayList(1)).add(i);
        }
      }
    }
    for (IntArrayList members : byBand.values()) {
      if (members.size() <= BandBucket.SMALL) {
        for (int i = 1; i < members.size(); i++) {
          for (int j = 0; j < i; j++) {
            joinIfNear(members.getInt(i), members.getInt(j));
          }
        }
      }
    }
  }

  private void joinIfNear(int a, int b) {
    if (!forest.together(a, b) && isNear(a, b)) {
      join(a, b);
    }
  }

  private void join(int a, int b) {
    apart -= forest.join(a, b) ? 1 : 0;
  }

  private boolean isNear(int a, int b) {
    return rarestFirst.get(a).isNear(rarestFirst.get(b), similarity);
  }
}
