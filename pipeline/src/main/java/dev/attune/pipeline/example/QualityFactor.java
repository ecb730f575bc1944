package dev.attune.pipeline.example;

/** What raises or lowers the quality of a generated text (contract, section 6). */
public enum QualityFactor {
  LENGTH("length", 10),
  SENTENCES("sentences", 5),
  DESCRIPTIVE_WORDS("descriptiveWords", 5),
  DIALOGUE("dialogue", 3),
  REFUSAL("refusal", -50),
  TOO_SHORT("tooShort", -20),
  REPETITION("repetition", -20),
  UNFINISHED("unfinished", -10);

  /** Where every score starts: 7.0. */
  public static final int BASE_TENTHS = 70;

  private final String key;
  private final int tenths;

  QualityFactor(String key, int tenths) {
    this.key = key;
    this.tenths = tenths;
  }

  /** Its name in lineage.jsonl. */
  public String key() {
    return key;
  }

  /** What it adds to the score, in tenths. */
  public int tenths() {
    return tenths;
  }
}
