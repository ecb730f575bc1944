package dev.attune.pipeline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A bar chart as the page's script reads it. Series are stacked.
 *
 * @param id of the element that it is drawn in
 * @param horizontal whether the labels stand at the left, one line each
 * @param unit what the labels are, written below upright bars; may be empty
 * @param labels one a bar
 * @param series as many figures each as there are labels
 */
record Chart(String id, boolean horizontal, String unit, List<String> labels, List<Series> series) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Chart {
    labels = List.copyOf(labels);
    series = List.copyOf(series);
  }

  /**
   * Bars of one colour.
   *
   * @param name as the reader sees it
   * @param colour the CSS custom property, without its dashes
   */
  record Series(String name, String colour, List<Long> figures) {
    Series {
      figures = List.copyOf(figures);
    }
  }

  /**
   * The charts as a JSON array that may stand inside a script element: without a less-than sign no
   * text can close it or open a comment.
   */
  static String json(List<Chart> charts) {
    try {
      return JSON.writeValueAsString(charts)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new AssertionError("Records of strings and numbers are always JSON", e);
    }
  }
}
