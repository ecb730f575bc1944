package dev.attune.launcher.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of texts: each column is as wide as its longest cell, and two blanks separate columns.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /**
   * Returns the lines of a table, without blanks at their ends.
   *
   * @param rows the header first; all rows have as many cells
   */
  public static List<String> lines(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
