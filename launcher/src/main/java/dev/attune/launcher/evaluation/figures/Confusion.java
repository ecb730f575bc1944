package dev.attune.launcher.evaluation.figures;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was taken for what. One definition serves examples with one category and with several. In an
 * answer with categories, each true category that was given is counted in its own cell. Each true
 * category that was not given was <em>missed</em>, each given one that is not true is
 * <em>wrong</em>: every missed one is counted with every wrong one; a missed one without any wrong
 * one is counted under missing, a wrong one without any missed one under extra. In an invalid
 * answer every true category is counted under invalid.
 *
 * <p>With one category an example and one an answer this is the usual matrix. With several it is
 * the multi-label confusion matrix of Heydarian, Doyle and Samavi (IEEE Access 2022) in that missed
 * and wrong meet in pairs, but extra categories are not held against those that were recognised.
 *
 * @param cells counts above 0, by place of the true, then of the predicted category
 * @param missing by true category: nothing stands in its place
 * @param invalid by true category: the answer was invalid
 * @param extra by predicted category: it stands in the place of none
 */
public record Confusion(
    List<Cell> cells,
    Map<String, Integer> missing,
    Map<String, Integer> invalid,
    Map<String, Integer> extra) {

  public Confusion {
    cells = List.copyOf(cells);
    missing = Map.copyOf(missing);
    invalid = Map.copyOf(invalid);
    extra = Map.copyOf(extra);
  }

  /** How often a category was recognised, or taken for another one. */
  public record Cell(String truth, String predicted, int count) {
    /** Whether it was recognised. */
    public boolean isRight() {
      return truth.equals(predicted);
    }
  }

  /** The mistakes that were made most often, the most frequent first. */
  public List<Cell> mostFrequentMistakes(int most) {
    return cells.stream()
        .filter(cell -> !cell.isRight())
        .sorted(Comparator.comparingInt(Cell::count).reversed()) // stable: then by place
        .limit(most)
        .toList();
  }

  static Confusion of(List<String> categories, Collection<JudgedAnswer> answers) {
    Map<String, Integer> places = new LinkedHashMap<>();
    categories.forEach(id -> places.put(id, places.size()));
    Counter counter = new Counter();
    answers.forEach(counter::count);
    List<Cell> cells = new ArrayList<>();
    for (String truth : categories) {
      Map<String, Integer> row = counter.cells.getOrDefault(truth, Map.of());
      row.entrySet().stream()
          .sorted(Comparator.comparing(cell -> places.getOrDefault(cell.getKey(), 0)))
          .forEach(cell -> cells.add(new Cell(truth, cell.getKey(), cell.getValue())));
    }
    return new Confusion(cells, counter.missing, counter.invalid, counter.extra);
  }

  private static final class Counter {
    private final Map<String, Map<String, Integer>> cells = new TreeMap<>();
    private final Map<String, Integer> missing = new TreeMap<>();
    private final Map<String, Integer> invalid = new TreeMap<>();
    private final Map<String, Integer> extra = new TreeMap<>();

    void count(JudgedAnswer answer) {
      if (answer.isInvalid()) {
        answer.truth().forEach(truth -> add(invalid, truth));
        return;
      }
      List<String> missed = without(answer.truth(), answer.predicted());
      List<String> wrong = without(answer.predicted(), answer.truth());
      without(answer.truth(), missed).forEach(right -> add(row(right), right));
      missed.forEach(truth -> wrong.forEach(predicted -> add(row(truth), predicted)));
      if (wrong.isEmpty()) {
        missed.forEach(truth -> add(missing, truth));
      }
      if (missed.isEmpty()) {
        wrong.forEach(predicted -> add(extra, predicted));
      }
    }

    private Map<String, Integer> row(String truth) {
      return cells.computeIfAbsent(truth, id -> new TreeMap<>());
    }

    private static void add(Map<String, Integer> counts, String id) {
      counts.merge(id, 1, Integer::sum);
    }

    private static List<String> without(List<String> some, List<String> others) {
      return some.stream().filter(id -> !others.contains(id)).collect(Collectors.toList());
    }
  }
}
