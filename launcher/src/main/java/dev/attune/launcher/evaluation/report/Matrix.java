package dev.attune.launcher.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Confusion;
import dev.attune.launcher.evaluation.figures.Confusion.Cell;
import dev.attune.launcher.evaluation.figures.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The confusion matrix as the page's script reads it: true categories from top to bottom, predicted
 * ones from left to right.
 *
 * @param rows labels; the last may stand for no category
 * @param columns labels; the last may stand for no category
 * @param squares what is drawn; a square that is not listed is empty
 */
record Matrix(List<String> rows, List<String> columns, List<Square> squares) {
  /** A canvas of more than these has no readable labels on any screen. */
  static final int MOST_CATEGORIES = 120;

  private static final ObjectMapper JSON = new ObjectMapper();

  Matrix {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    squares = List.copyOf(squares);
  }

  /** What a square says. */
  enum Kind {
    RIGHT,
    WRONG,
    MISSING,
    INVALID,
    EXTRA
  }

  /**
   * One square.
   *
   * @param share of the examples with this true category; of an extra one, of all extra ones
   */
  record Square(int row, int column, int count, double share, Kind kind) {}

  static Matrix of(EvaluationReport report) {
    return new Drawing(report).matrix();
  }

  /** The categories that it shows; where there are too many, those with the most mistakes. */
  static List<CategoryFigures> shown(Figures figures) {
    List<CategoryFigures> seen =
        figures.categories().stream().filter(CategoryFigures::isSeen).toList();
    if (seen.size() <= MOST_CATEGORIES) {
      return seen;
    }
    Set<String> worst =
        seen.stream()
            .sorted(Comparator.comparingInt(Matrix::mistakes).reversed())
            .limit(MOST_CATEGORIES)
            .map(CategoryFigures::id)
            .collect(Collectors.toSet());
    return seen.stream().filter(category -> worst.contains(category.id())).toList();
  }

  private static int mistakes(CategoryFigures category) {
    return category.support() + category.predicted() - 2 * category.correct();
  }

  /** The greatest share of a mistake: the end of its colour scale. */
  double greatestMistake() {
    return squares.stream()
        .filter(square -> square.kind() != Kind.RIGHT)
        .mapToDouble(Square::share)
        .max()
        .orElse(0);
  }

  boolean has(Kind kind) {
    return squares.stream().anyMatch(square -> square.kind() == kind);
  }

  /** JSON that may stand inside a script element: no text in it can close it or open a comment. */
  String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("rows", rows);
    root.put("columns", columns);
    root.put("greatestMistake", greatestMistake());
    root.put("squares", squares);
    try {
      return JSON.writeValueAsString(root)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new AssertionError("Records of strings and numbers are always JSON", e);
    }
  }

  private static final class Drawing {
    private final List<CategoryFigures> shown;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> rows = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<Square> squares = new ArrayList<>();

    private final Confusion confusion;

    Drawing(EvaluationReport report) {
      Figures figures = report.model().figures();
      this.confusion = figures.confusion();
      this.shown = shown(figures);
      for (CategoryFigures category : shown) {
        places.put(category.id(), places.size());
        rows.add(report.names().getOrDefault(category.id(), category.id()));
      }
      columns.addAll(rows);
    }

    Matrix matrix() {
      cells();
      column("left out", Kind.MISSING, confusion.missing());
      column("invalid answer", Kind.INVALID, confusion.invalid());
      extra();
      return new Matrix(rows, columns, squares);
    }

    private void cells() {
      for (CategoryFigures category : shown) {
        if (category.support() > 0 && category.correct() == 0) {
          // Nothing was recognised: an empty frame keeps the diagonal whole.
          int place = places.getOrDefault(category.id(), 0);
          squares.add(new Square(place, place, 0, 0, Kind.RIGHT));
        }
      }
      for (Cell cell : confusion.cells()) {
        Integer row = places.get(cell.truth());
        Integer column = places.get(cell.predicted());
        if (row != null && column != null) {
          Kind kind = cell.isRight() ? Kind.RIGHT : Kind.WRONG;
          squares.add(new Square(row, column, cell.count(), share(row, cell.count()), kind));
        }
      }
    }

    private void column(String label, Kind kind, Map<String, Integer> counts) {
      if (counts.isEmpty()) {
        return;
      }
      columns.add(label);
      for (int row = 0; row < shown.size(); row++) {
        Integer count = counts.get(shown.get(row).id());
        if (count != null) {
          squares.add(new Square(row, columns.size() - 1, count, share(row, count), kind));
        }
      }
    }

    private void extra() {
      Map<String, Integer> counts = confusion.extra();
      if (counts.isEmpty()) {
        return;
      }
      double all = counts.values().stream().mapToInt(Integer::intValue).sum();
      rows.add("one too many");
      for (int column = 0; column < shown.size(); column++) {
        Integer count = counts.get(shown.get(column).id());
        if (count != null) {
          squares.add(new Square(rows.size() - 1, column, count, count / all, Kind.EXTRA));
        }
      }
    }

    private double share(int row, int count) {
      return (double) count / shown.get(row).support();
    }
  }
}
