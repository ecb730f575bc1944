package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Similarity;
import java.util.List;

/**
 * Which texts of a neighbourhood stay. In survivor order a text gives way when it is near to one
 * that stays and has the same answer: to the first such. And which texts hang together through
 * texts that are near, whatever their answers.
 *
 * <p>Few texts are compared each with each; more of them through {@link CrowdedNeighbourhood}.
 */
class NearChoice {
  /** Up to so many texts it is cheaper to compare each pair than to look for those to compare. */
  static final int FEW = 48;

  private final int[] standsFor;
  private final Forest forest;

  NearChoice(int texts) {
    standsFor = new int[texts];
    for (int i = 0; i < texts; i++) {
      standsFor[i] = i;
    }
    forest = new Forest(texts);
  }

  /**
   * Of texts that may be near to each other.
   *
   * @param texts in survivor order
   * @param answers a number each, equal for equal answers
   * @param carried how many of them, the first ones, are carried over and stay in any case
   */
  static NearChoice of(List<Shingles> texts, int[] answers, int carried, Similarity similarity) {
    return texts.size() <= FEW
        ? ofFew(texts, answers, carried, similarity)
        : new CrowdedNeighbourhood(texts, answers, carried, similarity).choose();
  }

  static NearChoice ofFew(List<Shingles> texts, int[] answers, int carried, Similarity similarity) {
    NearChoice choice = new NearChoice(texts.size());
    for (int i = 1; i < texts.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (texts.get(i).isNear(texts.get(j), similarity)) {
          choice.join(i, j);
          if (i >= carried && choice.stays(i) && choice.stays(j) && answers[i] == answers[j]) {
            choice.giveWay(i, j);
          }
        }
      }
    }
    return choice;
  }

  final void giveWay(int text, int to) {
    standsFor[text] = to;
  }

  final void join(int a, int b) {
    forest.join(a, b);
  }

  final boolean together(int a, int b) {
    return forest.together(a, b);
  }

  /** Which text stands for this one in the end: itself while it stays. */
  final int standsFor(int text) {
    return standsFor[text];
  }

  final boolean stays(int text) {
    return standsFor[text] == text;
  }

  /** The first in survivor order of those that it hangs together with; that one stays. */
  final int first(int text) {
    return forest.root(text);
  }
}
