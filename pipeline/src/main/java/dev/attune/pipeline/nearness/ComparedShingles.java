package dev.attune.pipeline.nearness;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The shingles by which an example is compared with others.
 *
 * @param prompt of all turns but the last
 * @param answer of the last turn, or null in a classification dataset
 * @param whole of both as one text; without an answer, of the prompt
 */
public record ComparedShingles(Shingles prompt, @Nullable Shingles answer, Shingles whole)
    implements Serializable {
  /** Words to either side of where prompt and answer meet that share a shingle with the other. */
  private static final int SEAM = ShingleScan.WORDS - 1;

  /** Of a text. */
  public static ComparedShingles of(ComparedText text) {
    String answer = text.answer();
    return answer == null
        ? ofPrompt(Shingles.of(text.prompt()))
        : of(Shingles.words(text.prompt()), Shingles.words(answer));
  }

  /** In a classification dataset, where the answer is no text. */
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
    // Between one word and none there is no shingle of three.
    Shingles whole =
        to - from < ShingleScan.WORDS ? Shingles.NONE : Shingles.ofWords(words, from, to);
    whole = seam < ShingleScan.WORDS ? whole : whole.with(prompt);
    whole = words.length - seam < ShingleScan.WORDS ? whole : whole.with(answer);
    return new ComparedShingles(prompt, answer, whole);
  }

  /** Whether there is more to compare than the prompt. */
  public boolean hasAnswer() {
    return answer != null;
  }

  /** Whether the prompts are near, or the whole texts. */
  public boolean isNearInPromptOrWhole(ComparedShingles other, Similarity least) {
    return prompt.isNear(other.prompt, least)
        || (answer != null && whole.isNear(other.whole, least));
  }

  /** Whether the prompts are near and the answers, too, where they are texts. */
  public boolean isNearInPromptAndAnswer(ComparedShingles other, Similarity least) {
    return prompt.isNear(other.prompt, least)
        && (answer == null || other.answer == null || answer.isNear(other.answer, least));
  }

  /** The same with prompt and whole text without these shingles, and the answer as it is. */
  public ComparedShingles without(Shingles left) {
    Shingles reduced = prompt.without(left);
    return new ComparedShingles(reduced, answer, answer == null ? reduced : whole.without(left));
  }
}
