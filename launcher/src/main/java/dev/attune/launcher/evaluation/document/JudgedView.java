package dev.attune.launcher.evaluation.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The view model of evaluation.html for a conversation dataset. It has no text of a record.
 *
 * @param tone style of the headline: good, bad or now
 * @param basis sentence with the figures of the gate; empty without a result
 * @param facts what was compared, by name
 */
public record JudgedView(
    String dataset,
    String model,
    String headline,
    String tone,
    String basis,
    List<Table> tables,
    List<String> notes,
    Map<String, String> facts) {
  public JudgedView {
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * A table.
   *
   * @param id of its heading
   * @param head names of the columns
   * @param scaled name of the column with intervals, which are drawn on a scale of 0 to 1
   * @param below sentence below it; empty for none
   */
  public record Table(
      String id,
      String title,
      String caption,
      List<String> head,
      String scaled,
      List<Row> rows,
      String below) {
    public Table {
      head = List.copyOf(head);
      rows = List.copyOf(rows);
    }
  }

  /** A row: its name, then a cell for each further column. */
  public record Row(String name, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A cell.
   *
   * @param low lower end of the interval to draw; empty for a cell that is only text
   * @param tone rose, fell or unclear
   */
  public record Cell(String text, String low, String value, String high, String tone) {
    /** Returns a cell that is only text. */
    public static Cell of(String text) {
      return new Cell(text, "", "", "", "");
    }
  }
}
