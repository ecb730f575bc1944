package dev.attune.pipeline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A bar chart, in the form that the page's script reads. Series are stacked.
 *
 * @param id of the element that it is drawn in
 * @param horizontal whether bars are horizontal, with labels at the left
 * @param unit of the labels, written below vertical bars; may be empty
 * @param labels one per bar
 * @param series each with one figure per label
 */
record Chart(String id, boolean horizontal, String unit, List<String> labels, List<Series> series) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Chart {
    labels = List.copyOf(labels);
    series = List.copyOf(series);
  }

  /**
   * The bars of one colour.
   *
   * @param name shown to the reader
   * @param colour the CSS custom property, without its dashes
   */
  record Series(String name, String colour, List<Long> figures) {
    Series {
      figures = List.copyOf(figures);
    }
  }

  /**
   * Returns the charts as a JSON array for a script element. Without a less-than sign no text can
   * close the element or start a comment.
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
