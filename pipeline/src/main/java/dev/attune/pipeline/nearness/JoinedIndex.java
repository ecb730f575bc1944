package dev.attune.pipeline.nearness;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntIterable;
import it.unimi.dsi.fastutil.ints.IntList;
import it.unimi.dsi.fastutil.ints.IntRBTreeSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds exactly which of a few thousand texts are near to another one, by the measure that joins
 * units: near in prompt or whole text, also without the shingles of the indexed text's templates.
 * Not thread-safe; {@link #copy} shares the memory.
 *
 * <p>Texts in templates are indexed by the shingles that are not in the template.
 */
public final class JoinedIndex {
  private static final int UNKNOWN = -1;

  private final Similarity similarity;
  private final Texts texts;
  private final Part prompts;
  private final Part wholes;
  private int[] sizes = new int[0];

  /**
   * All indexed texts.
   *
   * @param shingles the shingles of each text
   * @param templates for each text the number of its {@link LeftOut}
   * @param numbers the number of each {@link LeftOut}
   * @param leftOut the shingles to leave out, by level, at their number
   * @param allLeftOut the shingles to leave out of all levels together, at their number
   */
  private record Texts(
      List<ComparedShingles> shingles,
      IntArrayList templates,
      Map<LeftOut, Integer> numbers,
      List<LeftOut> leftOut,
      List<Shingles> allLeftOut) {
    Texts() {
      this(
          new ArrayList<>(),
          new IntArrayList(),
          new HashMap<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }

    Shingles add(ComparedShingles text, LeftOut left) {
      int template = numbers.computeIfAbsent(left, l -> leftOut.size());
      if (template == leftOut.size()) {
        leftOut.add(left);
        allLeftOut.add(left.all());
      }
      shingles.add(text);
      templates.add(template);
      return allLeftOut.get(template);
    }
  }

  /**
   * The index of one kind of sets: prompts, or whole texts.
   *
   * @param plain the sets of texts in no template
   * @param plainTexts the numbers of the texts in {@code plain}
   * @param reduced the sets of texts in templates, without the shingles of the templates
   * @param reducedTexts the numbers of the texts in {@code reduced}
   */
  private record Part(
      NearIndex plain, IntArrayList plainTexts, NearIndex reduced, IntArrayList reducedTexts) {
    Part(Similarity similarity) {
      this(
          new NearIndex(similarity),
          new IntArrayList(),
          new NearIndex(similarity),
          new IntArrayList());
    }

    Part copy() {
      return new Part(plain.copy(), plainTexts, reduced.copy(), reducedTexts);
    }

    void add(int number, Shingles set, Shingles leftOut) {
      if (leftOut.size() == 0) {
        plain.add(set);
        plainTexts.add(number);
      } else {
        reduced.add(set.without(leftOut));
        reducedTexts.add(number);
      }
    }
  }

  public JoinedIndex(Similarity similarity) {
    this(similarity, new Texts(), new Part(similarity), new Part(similarity));
  }

  private JoinedIndex(Similarity similarity, Texts texts, Part prompts, Part wholes) {
    this.similarity = similarity;
    this.texts = texts;
    this.prompts = prompts;
    this.wholes = wholes;
  }

  /** Returns a copy for another thread. No text may be added to either of them afterwards. */
  public JoinedIndex copy() {
    return new JoinedIndex(similarity, texts, prompts.copy(), wholes.copy());
  }

  /** Adds a text. The first one has number 0. */
  public void add(ComparedShingles text, LeftOut left) {
    int number = size();
    Shingles leftOut = texts.add(text, left);
    prompts.add(number, text.prompt(), leftOut);
    if (text.hasAnswer()) {
      wholes.add(number, text.whole(), leftOut);
    }
  }

  /** Returns the number of texts. */
  public int size() {
    return texts.shingles.size();
  }

  /** Returns the numbers of the texts that are near to a text, in ascending order. */
  public IntIterable find(ComparedShingles text) {
    IntRBTreeSet near = new IntRBTreeSet();
    find(text, text.prompt(), prompts, near);
    if (text.hasAnswer()) {
      find(text, text.whole(), wholes, near);
    }
    return near.isEmpty() ? IntList.of() : near;
  }

  /**
   * Returns the numbers of the texts that are near to a text, in ascending order. Computes the
   * shingles of the text only if it may be near to one.
   */
  public IntIterable find(ComparedText text) {
    boolean mayBeNear =
        prompts.reduced.size() > 0
            || prompts.plain.mayBeNear(text.prompt())
            || (text.answer() != null && wholes.plain.mayBeNear(text.whole()));
    return mayBeNear ? find(ComparedShingles.of(text)) : IntList.of();
  }

  private void find(ComparedShingles text, Shingles set, Part part, IntRBTreeSet near) {
    if (part.plain.size() > 0) {
      part.plain.findNear(set, found -> near.add(part.plainTexts.getInt(found)));
    }
    if (part.reduced.size() > 0) {
      sizes = sizes.length < texts.leftOut.size() ? new int[texts.leftOut.size()] : sizes;
      Arrays.fill(sizes, UNKNOWN);
      part.reduced.findSharing(
          set,
          (found, shared) -> {
            int number = part.reducedTexts.getInt(found);
            if (isNear(set, shared, part.reduced.get(found).size(), number)
                && leavesNear(text, number)) {
              near.add(number);
            }
          });
    }
  }

  /**
   * Returns whether a set is near an indexed set of this size, both without the shingles of the
   * template.
   */
  private boolean isNear(Shingles set, int shared, int size, int number) {
    if (shared < similarity.least() * size - 1) {
      return false;
    }
    int template = texts.templates.getInt(number);
    if (sizes[template] == UNKNOWN) {
      sizes[template] = set.size() - set.shared(texts.allLeftOut.get(template));
    }
    return similarity.isNear(shared, sizes[template], size);
  }

  private boolean leavesNear(ComparedShingles text, int number) {
    return texts
        .leftOut
        .get(texts.templates.getInt(number))
        .leavesNear(text, texts.shingles.get(number), similarity);
  }
}
