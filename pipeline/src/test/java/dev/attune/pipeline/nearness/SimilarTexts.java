package dev.attune.pipeline.nearness;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of which many are like others, on both sides of every threshold. */
public final class SimilarTexts {
  private static final int TEMPLATES = 4;

  private SimilarTexts() {}

  /** One of a few templates, of which none, some or all words are others. */
  public static String text(Random random) {
    Random template = new Random(random.nextInt(TEMPLATES));
    int length = 1 + template.nextInt(40);
    int changed = random.nextInt(4);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      words.add("w" + template.nextInt(12));
    }
    for (int i = 0; i < changed; i++) {
      words.set(random.nextInt(length), "v" + random.nextInt(20));
    }
    if (random.nextInt(4) == 0) {
      words.addAll(List.copyOf(words.subList(0, random.nextInt(length))));
    }
    return String.join(" ", words);
  }
}
