package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.Similarity;
import java.util.List;

/**
 * Chooses the texts of a neighbourhood that are kept. In survivor order, a text is dropped for the
 * first kept text that is near to it in prompt and answer; in a classification dataset, for the
 * first kept text with a near prompt and the same categories.
 *
 * <p>Every pair is compared if there are few texts; more texts are compared through {@link
 * KeptTexts}.
 */
final class NearChoice {
  private final int[] standsFor;

  private NearChoice(int texts) {
    standsFor = new int[texts];
    for (int i = 0; i < texts; i++) {
      standsFor[i] = i;
    }
  }

  /**
   * Chooses among texts that may be near to each other.
   *
   * @param texts in survivor order
   * @param answers a number for each text; texts with equal categories have equal numbers
   * @param carried the number of carried texts, which come first and always stay
   */
  static NearChoice of(
      List<ComparedShingles> texts, int[] answers, int carried, Similarity similarity) {
    return texts.size() <= CrowdedSets.FEW
        ? ofFew(texts, answers, carried, similarity)
        : ofMany(texts, answers, carried, similarity);
  }

  static NearChoice ofFew(
      List<ComparedShingles> texts, int[] answers, int carried, Similarity similarity) {
    NearChoice choice = new NearChoice(texts.size());
    for (int i = carried; i < texts.size(); i++) {
      for (int j = 0; j < i && choice.stays(i); j++) {
        if (choice.stays(j)
            && answers[i] == answers[j]
            && texts.get(i).isNearInPromptAndAnswer(texts.get(j), similarity)) {
          choice.standsFor[i] = j;
        }
      }
    }
    return choice;
  }

  static NearChoice ofMany(
      List<ComparedShingles> texts, int[] answers, int carried, Similarity similarity) {
    NearChoice choice = new NearChoice(texts.size());
    KeptTexts kept = KeptTexts.of(texts, answers, similarity);
    for (int i = 0; i < texts.size(); i++) {
      int first = i < carried ? KeptTexts.NONE : kept.find(i);
      if (first == KeptTexts.NONE) {
        kept.add(i);
      } else {
        choice.standsFor[i] = first;
      }
    }
    return choice;
  }

  /** Returns the text that a text is a near duplicate of, or the text itself if it is kept. */
  int standsFor(int text) {
    return standsFor[text];
  }

  boolean stays(int text) {
    return standsFor[text] == text;
  }
}
