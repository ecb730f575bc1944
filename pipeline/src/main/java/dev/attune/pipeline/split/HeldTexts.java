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
public record HeldTexts(List<HeldText> texts) implements Serializable {
  public HeldTexts {
    texts = List.copyOf(texts);
  }

  /**
   * Returns the given texts without duplicates and without {@link HeldText#NONE}. Their order does
   * not matter; equal records give the same text several times.
   */
  public static HeldTexts of(Iterable<HeldText> inAnyOrder) {
    List<HeldText> texts = new ArrayList<>();
    Set<Key128> contents = new HashSet<>();
    Map<LeftOut, LeftOut> templates = new HashMap<>();
    for (HeldText text : inAnyOrder) {
      if (!text.held().equals(Held.NONE) && contents.add(text.held().content())) {
        // Texts of one template share one object for the shingles to leave out.
        LeftOut leftOut = templates.computeIfAbsent(text.leftOut(), same -> same);
        texts.add(new HeldText(text.held(), text.shingles(), text.common(), leftOut));
      }
    }
    texts.sort(Comparator.comparing(text -> text.held().id(), Utf8Order.ASCENDING));
    return new HeldTexts(texts);
  }

  /** Returns the template shingles that are ignored in comparisons, by content. */
  LeftOutByContent leftOut() {
    LeftOutByContent leftOut = new LeftOutByContent();
    texts.forEach(text -> leftOut.put(text.held().content(), text.leftOut()));
    return leftOut;
  }

  /** Returns a new search. Not thread-safe: each thread needs its own. */
  public Search search(Similarity similarity) {
    return new Search(texts, similarity);
  }

  /** Searches an index of the texts. Not thread-safe. */
  public static final class Search {
    private final List<HeldText> compared = new ArrayList<>();
    private final JoinedIndex index;
    private final Set<Key128> contents = new HashSet<>();

    private Search(List<HeldText> texts, Similarity similarity) {
      this.index = new JoinedIndex(similarity);
      for (HeldText text : texts) {
        contents.add(text.held().content());
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
    public void find(Shingled text, Consumer<NearHeld> near) {
      if (text.common() || contents.contains(text.content())) {
        return;
      }
      index
          .find(text.shingles())
          .forEach(
              found -> {
                Held held = compared.get(found).held();
                if (text.trained() == null || !held.carried()) {
                  near.accept(new NearHeld(text.content(), held, text.trained()));
                }
              });
    }
  }
}
