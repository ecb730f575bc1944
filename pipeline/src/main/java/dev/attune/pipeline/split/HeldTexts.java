package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.pipeline.nearness.NearIndex;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The texts of validation, to find what is near to one of them. At most 5,000: a few megabytes of
 * shingles.
 */
final class HeldTexts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<HeldText> texts;

  private HeldTexts(List<HeldText> texts) {
    this.texts = new ArrayList<>(texts);
  }

  /**
   * Of texts in any order; one that came several times, for records that were equal, counts once.
   */
  static HeldTexts of(Iterable<HeldText> inAnyOrder) {
    List<HeldText> texts = new ArrayList<>();
    Set<Key128> contents = new HashSet<>();
    for (HeldText text : inAnyOrder) {
      if (!text.equals(HeldText.NONE) && contents.add(text.held().content())) {
        texts.add(text);
      }
    }
    texts.sort(Comparator.comparing(text -> text.held().id(), Utf8Order.ASCENDING));
    return new HeldTexts(texts);
  }

  /** Looks in them; for one thread. */
  Search search(Similarity similarity) {
    return new Search(texts, similarity);
  }

  /** An index over the texts. */
  static final class Search {
    private final List<HeldText> texts;
    private final NearIndex index;
    private final Set<Key128> contents = new HashSet<>();

    private Search(List<HeldText> texts, Similarity similarity) {
      this.texts = texts;
      this.index = new NearIndex(similarity);
      for (HeldText text : texts) {
        index.add(text.shingles());
        contents.add(text.held().content());
      }
    }

    /**
     * Tells which of them a text is near to, in the order of their ids; most often none. One of
     * them may have to give way itself, to what is carried over in training, so that all must be
     * known. Two that are both carried do not give way to each other.
     */
    void find(Shingled text, Consumer<NearHeld> near) {
      if (contents.contains(text.content())) {
        return;
      }
      int found = index.find(text.shingles());
      while (found != NearIndex.NONE) {
        Held held = texts.get(found).held();
        if (text.trained() == null || !held.carried()) {
          near.accept(new NearHeld(text.content(), held, text.trained()));
        }
        found = index.find(text.shingles(), found + 1);
      }
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
