package dev.attune.pipeline.example;

/** A factor that raises or lowers the quality of a generated text. */
public enum QualityFactor {
  LENGTH("length", 10, 1),
  SENTENCES("sentences", 5, 1 << 1),
  DESCRIPTIVE_WORDS("descriptiveWords", 5, 1 << 2),
  DIALOGUE("dialogue", 3, 1 << 3),
  REFUSAL("refusal", -50, 1 << 4),
  TOO_SHORT("tooShort", -20, 1 << 5),
  REPETITION("repetition", -20, 1 << 6),
  UNFINISHED("unfinished", -10, 1 << 7);

  /** The score before any factor, 7.0. */
  public static final int BASE_TENTHS = 70;

  private final String key;
  private final int tenths;
  private final int bit;

  QualityFactor(String key, int tenths, int bit) {
    this.key = key;
    this.tenths = tenths;
    this.bit = bit;
  }

  /** Returns its name in lineage.jsonl. */
  public String key() {
    return key;
  }

  /** Returns what it adds to the score, in tenths. */
  public int tenths() {
    return tenths;
  }

  /** Returns its bit in {@link Quality#factors}. */
  public int bit() {
    return bit;
  }
}
