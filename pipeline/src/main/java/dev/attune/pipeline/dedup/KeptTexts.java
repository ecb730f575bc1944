package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.RareShingles;
import dev.attune.pipeline.nearness.RarestFirst;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The kept texts of a neighbourhood. Finds exactly the first kept text that a text is a near
 * duplicate of, without comparing every pair.
 */
interface KeptTexts {
  /** The number that means no text. */
  int NONE = Integer.MAX_VALUE;

  /** Returns the first kept text that a text is a near duplicate of, or {@link #NONE}. */
  int find(int text);

  /** Adds a kept text. Call in ascending order. */
  void add(int text);

  /**
   * Creates an empty set of kept texts.
   *
   * @param texts all texts of the neighbourhood, in survivor order
   * @param answers a number for each text; texts with equal categories have equal numbers
   */
  static KeptTexts of(List<ComparedShingles> texts, int[] answers, Similarity similarity) {
    RarestFirst prompts = RarestFirst.of(texts.stream().map(ComparedShingles::prompt).toList());
    if (!texts.get(0).hasAnswer()) {
      return new ByCategories(prompts, answers, similarity);
    }
    RarestFirst replies =
        RarestFirst.of(texts.stream().map(text -> Objects.requireNonNull(text.answer())).toList());
    return new ByBoth(
        new Side(prompts, replies, similarity), new Side(replies, prompts, similarity));
  }

  /**
   * Compares examples of a classification dataset: the prompts must be near, the categories equal.
   */
  final class ByCategories implements KeptTexts {
    private final RarestFirst prompts;
    private final int[] answers;
    private final Similarity similarity;
    private final Int2ObjectOpenHashMap<KeptGroup> groups = new Int2ObjectOpenHashMap<>();

    private ByCategories(RarestFirst prompts, int[] answers, Similarity similarity) {
      this.prompts = prompts;
      this.answers = answers;
      this.similarity = similarity;
    }

    @Override
    public int find(int text) {
      KeptGroup group = groups.get(answers[text]);
      return group == null ? NONE : group.firstNear(text, NONE);
    }

    @Override
    public void add(int text) {
      groups.computeIfAbsent(answers[text], answer -> new KeptGroup(prompts, similarity)).add(text);
    }
  }

  /**
   * Compares examples of a conversation dataset: both the prompts and the answers must be near.
   * Searches by prompt or by answer first, whichever fewer texts share, because many texts may
   * share an instruction or a set phrase as answer.
   */
  final class ByBoth implements KeptTexts {
    private static final int FEWEST = 64;
    private static final int FACTOR = 8;

    private final Side prompts;
    private final Side answers;

    private ByBoth(Side prompts, Side answers) {
      this.prompts = prompts;
      this.answers = answers;
    }

    @Override
    public int find(int text) {
      for (long limit = FEWEST; true; limit *= FACTOR) {
        if (answers.postings(text, limit) <= limit) {
          return answers.find(text);
        }
        if (prompts.postings(text, limit) <= limit) {
          return prompts.find(text);
        }
      }
    }

    @Override
    public void add(int text) {
      prompts.add(text);
      answers.add(text);
    }
  }

  /** The different prompts (or answers) of the kept texts, each with the texts that have it. */
  final class Side {
    private final RarestFirst sets;
    private final RarestFirst otherSide;
    private final Similarity similarity;
    private final Map<Shingles, Integer> numbers = new HashMap<>();
    private final IntArrayList firstWith = new IntArrayList();
    private final List<KeptGroup> groups = new ArrayList<>();
    private final RareShingles index;

    private Side(RarestFirst sets, RarestFirst otherSide, Similarity similarity) {
      this.sets = sets;
      this.otherSide = otherSide;
      this.similarity = similarity;
      this.index = new RareShingles(similarity, sets.firstShared());
    }

    private long postings(int text, long limit) {
      return index.postings(sets.get(text), limit);
    }

    private int find(int text) {
      Shingles set = sets.get(text);
      IntArrayList candidates = index.candidates(set);
      int first = NONE;
      for (int i = 0; i < candidates.size(); i++) {
        int number = candidates.getInt(i);
        if (set.isNear(sets.get(firstWith.getInt(number)), similarity)) {
          first = groups.get(number).firstNear(text, first);
        }
      }
      return first;
    }

    private void add(int text) {
      Shingles set = sets.get(text);
      int number = numbers.computeIfAbsent(set, s -> groups.size());
      if (number == groups.size()) {
        index.add(number, set);
        firstWith.add(text);
        groups.add(new KeptGroup(otherSide, similarity));
      }
      groups.get(number).add(text);
    }
  }
}
