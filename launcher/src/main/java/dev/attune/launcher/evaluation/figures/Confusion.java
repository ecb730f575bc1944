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
 * Confusion matrix, for examples with one or several categories. In a valid answer, each predicted
 * true category is counted in its own cell. A true category that is not predicted is
 * <em>missed</em>, a predicted category that is not true is <em>wrong</em>. Each pair of a missed
 * and a wrong category is counted in a cell. Missed categories of an answer without wrong ones are
 * counted under missing, wrong categories of an answer without missed ones under extra. In an
 * invalid answer every true category is counted under invalid.
 *
 * <p>With one category per example and per answer this is the usual matrix. With several it pairs
 * missed and wrong categories like the multi-label confusion matrix of Heydarian, Doyle and Samavi
 * (IEEE Access 2022), but does not pair extra categories with recognised ones.
 *
 * @param cells counts above 0, sorted by the true, then by the predicted category
 * @param missing by true category: how often it was missed without a wrong category
 * @param invalid by true category: how often the answer was invalid
 * @param extra by predicted category: how often it was wrong without a missed category
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

  /** Counts how often a true category was predicted as a category: itself or another. */
  public record Cell(String truth, String predicted, int count) {
    /** Returns whether the predicted category is the true one. */
    public boolean isRight() {
      return truth.equals(predicted);
    }
  }

  /** Returns the cells of most mistakes, the most frequent first. */
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
