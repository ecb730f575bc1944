package dev.attune.pipeline.judge;

import dev.attune.pipeline.judge.text.JudgedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exact nearness of every pair of some records, template rule included. Records with the same words
 * are one text.
 */
final class NearRelation {
  private static final int MOST_TEXTS = 20;

  private final boolean conversation;
  private final int percent;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<List<List<String>>, Integer> textByWords = new HashMap<>();
  private final Map<String, Integer> textById = new LinkedHashMap<>();
  private final List<List<String>> idsByText = new ArrayList<>();
  private final List<int[]> prompts = new ArrayList<>();
  private final List<int[]> answers = new ArrayList<>();
  private final List<int[]> wholes = new ArrayList<>();
  private @Nullable List<List<Integer>> untouched;

  NearRelation(Collection<JudgedRecord> records, boolean conversation, int percent) {
    this.conversation = conversation;
    this.percent = percent;
    records.forEach(this::add);
  }

  private void add(JudgedRecord record) {
    List<String> prompt = record.promptWords();
    List<String> answer = conversation ? record.answerWords() : List.of();
    Integer text = textByWords.get(List.of(prompt, answer));
    if (text == null) {
      text = idsByText.size();
      textByWords.put(List.of(prompt, answer), text);
      idsByText.add(new ArrayList<>());
      List<String> whole = new ArrayList<>(prompt);
      whole.addAll(answer);
      prompts.add(numbered(prompt));
      answers.add(numbered(answer));
      wholes.add(numbered(whole));
    }
    textById.put(record.id(), text);
    idsByText.get(text).add(record.id());
  }

  private int[] numbered(List<String> words) {
    return JudgedText.shingles(words).stream()
        .mapToInt(shingle -> numbers.computeIfAbsent(shingle, s -> numbers.size()))
        .sorted()
        .toArray();
  }

  boolean knows(String id) {
    return textById.containsKey(id);
  }

  /** Whether prompts or whole texts are near, templates aside. */
  boolean either(String id, String other) {
    int a = text(id);
    int b = text(other);
    return near(prompts.get(a), prompts.get(b))
        || (conversation && near(wholes.get(a), wholes.get(b)));
  }

  /** Whether nearness may drop one for the other: in a conversation, prompt and answer are near. */
  boolean both(String id, String other) {
    int a = text(id);
    int b = text(other);
    return near(prompts.get(a), prompts.get(b))
        && (!conversation || near(answers.get(a), answers.get(b)));
  }

  private int text(String id) {
    Integer text = textById.get(id);
    if (text == null) {
      throw new IllegalArgumentException(id);
    }
    return text;
  }

  /** How many texts hang together at most, before anything is left out as a template. */
  int largest() {
    return untouched().stream().mapToInt(List::size).max().orElse(0);
  }

  private List<List<Integer>> untouched() {
    List<List<Integer>> known = untouched;
    if (known == null) {
      known = components(all(), together());
      untouched = known;
    }
    return known;
  }

  /** What hangs together before anything is left out, as ids, each text's ids together. */
  void joinEither(DisjointSets sets) {
    for (List<Integer> component : untouched()) {
      String first = idsByText.get(component.get(0)).get(0);
      component.forEach(text -> idsByText.get(text).forEach(id -> sets.join(first, id)));
    }
  }

  /** Ids that stand for two texts, or one text twice. */
  record Pair(String id, String other) {}

  /** One pair of ids for every pair of texts that are joined, of which both are among those. */
  Set<Pair> joined(boolean comparedTogether, Collection<String> ids) {
    Set<Long> pairs = new HashSet<>();
    if (comparedTogether) {
      addJoined(all(), together(), pairs);
    } else {
      for (int[][] comparison : together()) {
        addJoined(all(), List.<int[][]>of(comparison), pairs);
      }
    }
    Map<Integer, List<String>> wanted = new HashMap<>();
    for (String id : ids) {
      wanted.computeIfAbsent(text(id), text -> new ArrayList<>()).add(id);
    }
    Set<Pair> joined = new HashSet<>();
    for (long pair : pairs) {
      List<String> some = wanted.getOrDefault((int) (pair >> 32), List.of());
      List<String> others = wanted.getOrDefault((int) pair, List.of());
      some.forEach(id -> others.forEach(other -> joined.add(new Pair(id, other))));
    }
    return joined;
  }

  private List<Integer> all() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < idsByText.size(); i++) {
      all.add(i);
    }
    return all;
  }

  private List<int[][]> together() {
    int[][] none = new int[0][];
    List<int[][]> comparisons = new ArrayList<>();
    comparisons.add(prompts.toArray(none));
    if (conversation) {
      comparisons.add(wholes.toArray(none));
    }
    return comparisons;
  }

  private void addJoined(List<Integer> texts, List<int[][]> comparisons, Set<Long> pairs) {
    for (List<Integer> component : components(texts, comparisons)) {
      List<int[][]> rest =
          conversation && component.size() > MOST_TEXTS
              ? withoutTemplate(component, comparisons)
              : comparisons;
      if (rest.equals(comparisons)) {
        addPairs(component, comparisons, pairs);
      } else {
        addJoined(component, rest, pairs);
      }
    }
  }

  private void addPairs(List<Integer> texts, List<int[][]> comparisons, Set<Long> pairs) {
    for (int a : texts) {
      for (int b : texts) {
        if (a <= b && comparisons.stream().anyMatch(sets -> near(sets[a], sets[b]))) {
          pairs.add(((long) a << 32) | b);
        }
      }
    }
  }

  /** The same without what more than half of the texts share; the same list if that is nothing. */
  private static List<int[][]> withoutTemplate(List<Integer> texts, List<int[][]> comparisons) {
    List<int[][]> rest = new ArrayList<>();
    boolean less = false;
    for (int[][] sets : comparisons) {
      Map<Integer, Integer> counts = new HashMap<>();
      texts.forEach(
          text -> Arrays.stream(sets[text]).forEach(s -> counts.merge(s, 1, Integer::sum)));
      int[][] reduced = sets.clone();
      for (int text : texts) {
        reduced[text] =
            Arrays.stream(sets[text])
                .filter(shingle -> 2 * counts.getOrDefault(shingle, 0) <= texts.size())
                .toArray();
        less |= reduced[text].length < sets[text].length;
      }
      rest.add(reduced);
    }
    return less ? rest : comparisons;
  }

  private List<List<Integer>> components(List<Integer> texts, List<int[][]> comparisons) {
    int[] component = new int[idsByText.size()];
    List<List<Integer>> components = new ArrayList<>();
    for (int text : texts) {
      component[text] = components.size();
      components.add(new ArrayList<>(List.of(text)));
    }
    for (int i = 0; i < texts.size(); i++) {
      for (int j = i + 1; j < texts.size(); j++) {
        int a = texts.get(i);
        int b = texts.get(j);
        if (component[a] != component[b] && isNear(a, b, comparisons)) {
          List<Integer> moved = components.set(component[b], new ArrayList<>());
          int target = component[a];
          components.get(target).addAll(moved);
          moved.forEach(text -> component[text] = target);
        }
      }
    }
    components.removeIf(List::isEmpty);
    return components;
  }

  private boolean isNear(int a, int b, List<int[][]> comparisons) {
    for (int[][] sets : comparisons) {
      if (near(sets[a], sets[b])) {
        return true;
      }
    }
    return false;
  }

  private boolean near(int[] some, int[] others) {
    int least = Math.min(some.length, others.length);
    int most = Math.max(some.length, others.length);
    if (100L * least < (long) percent * most || least == 0) {
      return false;
    }
    // As many as must be shared, rounded down; the last line is the exact test.
    long needed = (long) percent * (some.length + others.length) / (100 + percent);
    int shared = 0;
    int i = 0;
    int j = 0;
    while (shared + Math.min(some.length - i, others.length - j) >= needed
        && i < some.length
        && j < others.length) {
      int mine = some[i];
      int theirs = others[j];
      shared += mine == theirs ? 1 : 0;
      i += mine <= theirs ? 1 : 0;
      j += theirs <= mine ? 1 : 0;
    }
    return 100L * shared >= (long) percent * (some.length + others.length - shared);
  }
}
