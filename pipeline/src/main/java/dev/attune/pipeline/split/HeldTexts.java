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
import org.jspecify.annotations.Nullable;

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

    /** Of those that a text is near to the one with the smallest id; null if there is none. */
    @Nullable Held find(Shingled text) {
      if (contents.contains(text.content())) {
        return null;
      }
      int found = index.find(text.shingles());
      return found == NearIndex.NONE ? null : texts.get(found).held();
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
