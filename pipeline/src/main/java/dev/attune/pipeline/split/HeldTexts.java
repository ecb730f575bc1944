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
 * The texts of validation, to find what is joined with one of them. At most 5,000: a few megabytes
 * of shingles.
 */
public final class HeldTexts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<HeldText> texts;

  private HeldTexts(List<HeldText> texts) {
    this.texts = new ArrayList<>(texts);
  }

  /**
   * Of texts in any order; one that came several times, for records that were equal, counts once.
   */
  public static HeldTexts of(Iterable<HeldText> inAnyOrder) {
    List<HeldText> texts = new ArrayList<>();
    Set<Key128> contents = new HashSet<>();
    Map<LeftOut, LeftOut> templates = new HashMap<>();
    for (HeldText text : inAnyOrder) {
      if (!text.held().equals(Held.NONE) && contents.add(text.held().content())) {
        // The same object for what is left out of all texts of one template.
        LeftOut leftOut = templates.computeIfAbsent(text.leftOut(), same -> same);
        texts.add(new HeldText(text.held(), text.shingles(), text.common(), leftOut));
      }
    }
    texts.sort(Comparator.comparing(text -> text.held().id(), Utf8Order.ASCENDING));
    return new HeldTexts(texts);
  }

  /** Returns the template shingles to leave out, by content. */
  LeftOutByContent leftOut() {
    LeftOutByContent leftOut = new LeftOutByContent();
    texts.forEach(text -> leftOut.put(text.held().content(), text.leftOut()));
    return leftOut;
  }

  /** Returns a search for one thread. */
  public Search search(Similarity similarity) {
    return new Search(texts, similarity);
  }

  /** Searches an index of the texts. */
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
     * Tells which of them a text is near to, in the order of their ids; most often none. One of
     * them may have to give way itself, to what is carried over in training, so that all must be
     * known. Two that are both carried do not give way to each other, and what has a common prompt
     * to nothing.
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

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldTexts that && texts.equals(that.texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }
}
