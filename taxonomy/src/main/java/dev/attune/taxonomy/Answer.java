package dev.attune.taxonomy;

import java.util.List;

/** What a taxonomy makes of an answer. */
public sealed interface Answer {

  /**
   * Every part of the answer is a category.
   *
   * @param ids in the taxonomy's order, each once; at least one
   */
  record Known(List<String> ids) implements Answer {
    public Known {
      ids = List.copyOf(ids);
    }

    /** The answer as it is written: the ids joined by comma and space. */
    public String text() {
      return String.join(", ", ids);
    }
  }

  /**
   * A part of the answer is no category.
   *
   * @param part the first such part without white space around it; empty where a part is blank
   */
  record Unknown(String part) implements Answer {}
}
