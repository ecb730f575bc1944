package dev.attune.taxonomy;

import java.util.List;

/** The result of recognizing an answer. */
public sealed interface Answer {

  /**
   * All parts of the answer are categories.
   *
   * @param ids in the taxonomy's order, each once; at least one
   */
  record Known(List<String> ids) implements Answer {
    public Known {
      ids = List.copyOf(ids);
    }

    /** Returns the ids joined by comma and space. */
    public String text() {
      return String.join(", ", ids);
    }
  }

  /**
   * A part of the answer is not a category.
   *
   * @param part the first such part without white space around it; empty for a blank part
   */
  record Unknown(String part) implements Answer {}
}
