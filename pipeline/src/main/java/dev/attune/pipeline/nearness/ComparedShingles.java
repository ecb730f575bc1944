package dev.attune.pipeline.nearness;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The shingles by which an example is compared with others.
 *
 * @param prompt the shingles of all turns but the last
 * @param answer the shingles of the last turn, or null in a classification dataset
 * @param whole the shingles of both as one text; without an answer, those of the prompt
 */
public record ComparedShingles(Shingles prompt, @Nullable Shingles answer, Shingles whole)
    implements Serializable {
  /**
   * The number of words on each side of the border between prompt and answer that share a shingle
   * with the other side.
   */
  private static final int SEAM = ShingleScan.WORDS - 1;

  /** Returns the shingles of a text. */
  public static ComparedShingles of(ComparedText text) {
    String answer = text.answer();
    return answer == null
        ? ofPrompt(Shingles.of(text.prompt()))
        : of(Shingles.words(text.prompt()), Shingles.words(answer));
  }

  /** Returns the shingles of an example of a classification dataset, whose answer is not a text. */
  public static ComparedShingles ofPrompt(Shingles prompt) {
    return new ComparedShingles(prompt, null, prompt);
  }

  private static ComparedShingles of(long[] promptWords, long[] answerWords) {
    int seam = promptWords.length;
    long[] words = new long[seam + answerWords.length];
    System.arraycopy(promptWords, 0, words, 0, seam);
    System.arraycopy(answerWords, 0, words, seam, answerWords.length);
    Shingles prompt = Shingles.ofWords(words, 0, seam);
    Shingles answer = Shingles.ofWords(words, seam, words.length);
    if (words.length < ShingleScan.WORDS) {
      return new ComparedShingles(prompt, answer, Shingles.ofWords(words, 0, words.length));
    }
    int from = Math.max(0, seam - SEAM);
    int to = Math.min(words.length, seam + SEAM);
    // The words around the border may be too few for a shingle.
    Shingles whole =
        to - from < ShingleScan.WORDS ? Shingles.NONE : Shingles.ofWords(words, from, to);
    whole = seam < ShingleScan.WORDS ? whole : whole.with(prompt);
    whole = words.length - seam < ShingleScan.WORDS ? whole : whole.with(answer);
    return new ComparedShingles(prompt, answer, whole);
  }

  /** Returns whether the answer is compared, too. */
  public boolean hasAnswer() {
    return answer != null;
  }

  /** Returns whether the prompts or the whole texts are near. */
  public boolean isNearInPromptOrWhole(ComparedShingles other, Similarity least) {
    return prompt.isNear(other.prompt, least)
        || (answer != null && whole.isNear(other.whole, least));
  }

  /** Returns whether the prompts are near and, if they are compared, the answers, too. */
  public boolean isNearInPromptAndAnswer(ComparedShingles other, Similarity least) {
    return prompt.isNear(other.prompt, least)
        && (answer == null || other.answer == null || answer.isNear(other.answer, least));
  }

  /**
   * Returns a copy without these shingles in the prompt and the whole text; the answer keeps them.
   */
  public ComparedShingles without(Shingles left) {
    Shingles reduced = prompt.without(left);
    return new ComparedShingles(reduced, answer, answer == null ? reduced : whole.without(left));
  }
}
