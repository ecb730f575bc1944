package dev.attune.pipeline.score;

import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.QualityFactor;

/**
 * Computes the quality of a generated text. It depends on the text only, not on a model or locale;
 * the properties of characters are those of ICU.
 */
public final class QualityScore {
  /** The preferred length in Unicode code points, both ends included. */
  private static final int LIKED_FROM = 200;

  private static final int LIKED_TO = 800;

  /** A text of fewer characters is too short. */
  private static final int SHORT_BELOW = 50;

  private static final int ENOUGH_SENTENCES = 3;

  private QualityScore() {}

  /** Returns the score of a text, in tenths from 0 to 100, with its factors. */
  public static Quality of(String text) {
    TextScan scan = TextScan.of(text, DescriptiveWords.bundled());
    int factors = 0;
    if (scan.characters() >= LIKED_FROM && scan.characters() <= LIKED_TO) {
      factors |= QualityFactor.LENGTH.bit();
    }
    if (scan.sentences() >= ENOUGH_SENTENCES) {
      factors |= QualityFactor.SENTENCES.bit();
    }
    if (scan.hasTwoDescriptiveWords()) {
      factors |= QualityFactor.DESCRIPTIVE_WORDS.bit();
    }
    if (scan.hasDialogue()) {
      factors |= QualityFactor.DIALOGUE.bit();
    }
    if (RefusalPhrases.bundled().refuses(text)) {
      factors |= QualityFactor.REFUSAL.bit();
    }
    if (scan.characters() < SHORT_BELOW) {
      factors |= QualityFactor.TOO_SHORT.bit();
    }
    if (scan.repeatsItself()) {
      factors |= QualityFactor.REPETITION.bit();
    }
    if (!scan.isFinished()) {
      factors |= QualityFactor.UNFINISHED.bit();
    }
    return new Quality(tenths(factors), factors, false);
  }

  private static int tenths(int factors) {
    int tenths = QualityFactor.BASE_TENTHS;
    for (QualityFactor factor : QualityFactor.values()) {
      if ((factors & factor.bit()) != 0) {
        tenths += factor.tenths();
      }
    }
    return Math.max(0, Math.min(100, tenths));
  }
}
