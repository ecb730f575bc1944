package dev.attune.launcher.baseline;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.message.Messages;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * The base model of the local back end: answers every prompt with the most frequent answer of
 * train.jsonl. Of equally frequent answers it takes the one whose categories come first in the
 * taxonomy's order.
 */
public final class MostFrequentCategory {
  private static final int NAME_DIGITS = 12;
  private static final String FINGERPRINT_PREFIX = "sha256:";

  /** {@code a} before {@code a, b} before {@code b}. */
  private static final Comparator<SortedSet<Integer>> IN_ORDER =
      (one, other) -> Arrays.compare(places(one), places(other));

  private MostFrequentCategory() {}

  /**
   * Counts the answers in train.jsonl of a dataset, and compares its hash with the manifest's.
   *
   * @throws AskException of kind MODEL if it is not a classification dataset, or was changed
   */
  public static AnsweringModel of(DatasetDirectory dataset) throws AskException {
    try {
      TrainingFile file = TrainingFile.of(dataset.path(), dataset.manifest());
      Map<SortedSet<Integer>, Long> counts = new HashMap<>();
      file.read((line, example, named) -> counts.merge(named, 1L, Long::sum));
      SortedSet<Integer> first =
          Collections.max(
                  counts.entrySet(),
                  Map.Entry.<SortedSet<Integer>, Long>comparingByValue()
                      .thenComparing(Map.Entry::getKey, IN_ORDER.reversed()))
              .getKey();
      String answer = new Categories(file.categories()).answer(first);
      return new LocalModel(name(dataset.fingerprint()), example -> answer);
    } catch (UnusableDatasetException e) {
      throw new AskException(false, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new AskException(
          false,
          Messages.of("launcher.local.train-unreadable", dataset.train(), IoReason.of(e)),
          e);
    }
  }

  private static int[] places(SortedSet<Integer> named) {
    return named.stream().mapToInt(Integer::intValue).toArray();
  }

  private static String name(String fingerprint) {
    String hex = fingerprint.substring(FINGERPRINT_PREFIX.length());
    return "most-frequent:" + hex.substring(0, NAME_DIGITS);
  }
}
