package dev.attune.launcher.evaluation.document;

import static dev.attune.page.FigureText.count;

import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Confusion;
import dev.attune.launcher.evaluation.figures.Confusion.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A confusion matrix as a table with a row for each true category and a column for each answered
 * one.
 *
 * <p>The shade of a square is its share of the row. Rows with fewer than {@link #LEAST_SUPPORT}
 * examples are shaded as if they had that many, so that a single example is never dark.
 *
 * @param columns names; the last ones may be no categories
 * @param rows each with a square for each column
 * @param categories number of categories
 */
record ConfusionMatrix(List<String> columns, List<Row> rows, int categories) {
  /** The support from which the gate tests a category separately. */
  static final int LEAST_SUPPORT = 10;

  /** The share with the darkest shade, unless a larger share occurs: 3 of 10 examples. */
  static final double DARK_MISTAKE = 0.3;

  static final int SHADES = 5;

  ConfusionMatrix {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The meaning of a square. */
  enum Kind {
    RIGHT,
    WRONG,
    MISSING,
    INVALID,
    EXTRA;

    /** Returns the CSS class of its colour. */
    String style() {
      return this == EXTRA ? "wrong" : name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One square.
   *
   * @param shade from 1 to {@link #SHADES}; 0 if nothing was recognised
   * @param said tooltip
   */
  record Square(int count, Kind kind, int shade, String said) {}

  /** A true category, or the extra answers; a square without a count is null. */
  record Row(String name, List<@Nullable Square> squares) {
    Row {
      squares = Collections.unmodifiableList(new ArrayList<>(squares));
    }
  }

  /**
   * Returns the matrix of some categories.
   *
   * @param shown categories in the order of rows and columns
   */
  static ConfusionMatrix of(EvaluationReport report, List<CategoryFigures> shown) {
    return new Drawing(report, shown).matrix();
  }

  boolean has(Kind kind) {
    return rows.stream()
        .flatMap(row -> row.squares.stream())
        .anyMatch(square -> square != null && square.kind == kind);
  }

  private static final class Drawing {
    private final EvaluationReport report;
    private final List<CategoryFigures> shown;
    private final Confusion confusion;
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();
    private final double darkest;

    Drawing(EvaluationReport report, List<CategoryFigures> shown) {
      this.report = report;
      this.shown = shown;
      this.confusion = report.model().figures().confusion();
      for (Cell cell : confusion.cells()) {
        counts
            .computeIfAbsent(cell.truth(), id -> new HashMap<>())
            .put(cell.predicted(), cell.count());
      }
      this.darkest = Math.max(DARK_MISTAKE, greatestMistake());
    }

    ConfusionMatrix matrix() {
      boolean missing = shown.stream().anyMatch(c -> confusion.missing().containsKey(c.id()));
      boolean invalid = shown.stream().anyMatch(c -> confusion.invalid().containsKey(c.id()));
      List<String> columns = new ArrayList<>(shown.stream().map(c -> name(c.id())).toList());
      if (missing) {
        columns.add("left out");
      }
      if (invalid) {
        columns.add("invalid answer");
      }
      List<Row> rows = new ArrayList<>();
      for (CategoryFigures truth : shown) {
        List<@Nullable Square> squares = new ArrayList<>();
        shown.forEach(predicted -> squares.add(square(truth, predicted)));
        if (missing) {
          squares.add(outside(truth, confusion.missing(), Kind.MISSING, "left out"));
        }
        if (invalid) {
          squares.add(outside(truth, confusion.invalid(), Kind.INVALID, "answer invalid"));
        }
        rows.add(new Row(name(truth.id()), squares));
      }
      extra(columns.size()).ifPresent(rows::add);
      return new ConfusionMatrix(columns, rows, shown.size());
    }

    private @Nullable Square square(CategoryFigures truth, CategoryFigures predicted) {
      int count = counts.getOrDefault(truth.id(), Map.of()).getOrDefault(predicted.id(), 0);
      boolean right = truth.id().equals(predicted.id());
      if (count == 0 && !(right && truth.support() > 0)) {
        return null;
      }
      String name = name(truth.id());
      String said = right ? name + " recognised" : name + " answered as " + name(predicted.id());
      return square(truth, count, right ? Kind.RIGHT : Kind.WRONG, said);
    }

    private @Nullable Square outside(
        CategoryFigures truth, Map<String, Integer> counts, Kind kind, String said) {
      Integer count = counts.get(truth.id());
      return count == null ? null : square(truth, count, kind, name(truth.id()) + " " + said);
    }

    private Square square(CategoryFigures truth, int count, Kind kind, String said) {
      double full = kind == Kind.RIGHT ? 1 : darkest;
      int shade = count == 0 ? 0 : shade(share(count, truth.support()) / full);
      String of = ": " + count(count) + " of " + count(truth.support(), "example");
      return new Square(count, kind, shade, said + of);
    }

    private Optional<Row> extra(int columns) {
      if (shown.stream().noneMatch(c -> confusion.extra().containsKey(c.id()))) {
        return Optional.empty();
      }
      int all = confusion.extra().values().stream().mapToInt(Integer::intValue).sum();
      List<@Nullable Square> squares = new ArrayList<>(Collections.nCopies(columns, null));
      for (int i = 0; i < shown.size(); i++) {
        Integer count = confusion.extra().get(shown.get(i).id());
        if (count != null) {
          String said =
              name(shown.get(i).id()) + " given where nothing was missing: " + count(count);
          squares.set(i, new Square(count, Kind.EXTRA, shade(share(count, all) / darkest), said));
        }
      }
      return Optional.of(new Row("one too many", squares));
    }

    private double greatestMistake() {
      double greatest = 0;
      for (CategoryFigures truth : shown) {
        for (CategoryFigures predicted : shown) {
          if (!truth.id().equals(predicted.id())) {
            int count = counts.getOrDefault(truth.id(), Map.of()).getOrDefault(predicted.id(), 0);
            greatest = Math.max(greatest, share(count, truth.support()));
          }
        }
      }
      return greatest;
    }

    private static double share(int count, int support) {
      return (double) count / Math.max(support, LEAST_SUPPORT);
    }

    private static int shade(double part) {
      return (int) Math.max(1, Math.min(SHADES, Math.ceil(part * SHADES - 1e-9)));
    }

    private String name(String id) {
      return report.names().getOrDefault(id, id);
    }
  }
}
