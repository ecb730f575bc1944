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
    int characters = scan.characters();
    int factors =
        bit(QualityFactor.LENGTH, characters >= LIKED_FROM && characters <= LIKED_TO)
            | bit(QualityFactor.SENTENCES, scan.sentences() >= ENOUGH_SENTENCES)
            | bit(QualityFactor.DESCRIPTIVE_WORDS, scan.hasTwoDescriptiveWords())
            | bit(QualityFactor.DIALOGUE, scan.hasDialogue())
            | bit(QualityFactor.REFUSAL, RefusalPhrases.bundled().refuses(text))
            | bit(QualityFactor.TOO_SHORT, characters < SHORT_BELOW)
            | bit(QualityFactor.REPETITION, scan.repeatsItself())
            | bit(QualityFactor.UNFINISHED, !scan.isFinished());
    return new Quality(tenths(factors), factors, false);
  }

  private static int bit(QualityFactor factor, boolean applies) {
    return applies ? factor.bit() : 0;
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
