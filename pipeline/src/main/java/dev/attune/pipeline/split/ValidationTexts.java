package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.pipeline.nearness.JoinedIndex;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The texts of the examples in validation, to find texts that are near one of them. At most 5,000
 * texts; a few megabytes of shingles.
 */
public record ValidationTexts(List<ValidationText> texts) implements Serializable {
  public ValidationTexts {
    texts = List.copyOf(texts);
  }

  /**
   * Returns the given texts without duplicates and without {@link ValidationText#NONE}. Their order
   * does not matter; equal records give the same text several times.
   */
  public static ValidationTexts of(Iterable<ValidationText> inAnyOrder) {
    List<ValidationText> texts = new ArrayList<>();
    Set<Key128> contents = new HashSet<>();
    Map<LeftOut, LeftOut> templates = new HashMap<>();
    for (ValidationText text : inAnyOrder) {
      if (!text.example().equals(ValidationExample.NONE)
          && contents.add(text.example().content())) {
        // Texts of one template share one object for the shingles to leave out.
        LeftOut leftOut = templates.computeIfAbsent(text.leftOut(), same -> same);
        texts.add(new ValidationText(text.example(), text.shingles(), text.common(), leftOut));
      }
    }
    texts.sort(Comparator.comparing(text -> text.example().id(), Utf8Order.ASCENDING));
    return new ValidationTexts(texts);
  }

  /** Returns the template shingles that are ignored in comparisons, by content. */
  LeftOutByContent leftOut() {
    LeftOutByContent leftOut = new LeftOutByContent();
    texts.forEach(text -> leftOut.put(text.example().content(), text.leftOut()));
    return leftOut;
  }

  /** Returns a new search. Not thread-safe: each thread needs its own. */
  public Search search(Similarity similarity) {
    return new Search(texts, similarity);
  }

  /** Searches an index of the texts. Not thread-safe. */
  public static final class Search {
    private final List<ValidationText> compared = new ArrayList<>();
    private final JoinedIndex index;
    private final Set<Key128> contents = new HashSet<>();

    private Search(List<ValidationText> texts, Similarity similarity) {
      this.index = new JoinedIndex(similarity);
      for (ValidationText text : texts) {
        contents.add(text.example().content());
        if (!text.common()) {
          index.add(text.shingles(), text.leftOut());
          compared.add(text);
        }
      }
    }

    /**
     * Passes on each validation example that a text is near to, in the order of their ids. Passes
     * on all of them, because a validation example may itself be rejected for one that is carried
     * over in training. Passes on nothing for a text in validation or with a common prompt, and no
     * pair in which both examples are carried over.
     */
    public void find(Shingled text, Consumer<NearValidation> near) {
      if (text.common() || contents.contains(text.content())) {
        return;
      }
      index
          .find(text.shingles())
          .forEach(
              found -> {
                ValidationExample example = compared.get(found).example();
                if (text.trained() == null || !example.carried()) {
                  near.accept(new NearValidation(text.content(), example, text.trained()));
                }
              });
    }
  }
}
