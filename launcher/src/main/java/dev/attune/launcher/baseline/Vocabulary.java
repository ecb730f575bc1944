package dev.attune.launcher.baseline;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.VariableInfo;
import org.tribuo.impl.ArrayExample;

/**
 * The n-grams of a model with the weight of each: 1 + ln((1 + n) / (1 + d)) for an n-gram that
 * occurs in d of n training examples, so that rare n-grams weigh more. Immutable.
 */
final class Vocabulary {
  /**
   * A feature of every text, so that a text without known words has one too. A single space is not
   * an n-gram.
   */
  private static final String ALWAYS = " ";

  private final Map<String, Double> weights;

  private Vocabulary(Map<String, Integer> examplesWith, int examples) {
    weights = new HashMap<>(examplesWith.size() * 2);
    examplesWith.forEach((ngram, with) -> weights.put(ngram, weight(examples, with)));
    weights.put(ALWAYS, weight(examples, examples));
  }

  /**
   * Creates the vocabulary of training texts. It needs memory for every different n-gram.
   *
   * @param texts the words of each text
   * @param limit the number of n-grams to keep: those that occur in most texts, of equally frequent
   *     ones the first in the order of their characters
   */
  static Vocabulary learn(List<List<String>> texts, int limit) {
    Map<String, Integer> examplesWith = new HashMap<>();
    for (List<String> words : texts) {
      NGrams.count(words).keySet().forEach(ngram -> examplesWith.merge(ngram, 1, Integer::sum));
    }
    if (examplesWith.size() <= limit) {
      return new Vocabulary(examplesWith, texts.size());
    }
    Map<String, Integer> kept = new HashMap<>();
    examplesWith.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(limit)
        .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    return new Vocabulary(kept, texts.size());
  }

  /** Returns the vocabulary with which a model was trained. */
  static Vocabulary of(Model<?> model) {
    Map<String, Integer> examplesWith = new HashMap<>();
    for (VariableInfo feature : model.getFeatureIDMap()) {
      examplesWith.put(feature.getName(), feature.getCount());
    }
    return new Vocabulary(
        examplesWith, model.getProvenance().getDatasetProvenance().getNumExamples());
  }

  /**
   * Returns the features of a text for Tribuo: (1 + ln count) times the weight, scaled to length 1.
   */
  <T extends Output<T>> Example<T> example(List<String> words, T output) {
    SortedMap<String, Integer> counts = NGrams.count(words);
    counts.keySet().retainAll(weights.keySet());
    counts.put(ALWAYS, 1);
    String[] names = counts.keySet().toArray(String[]::new);
    double[] values = new double[names.length];
    double squares = 0;
    for (int i = 0; i < names.length; i++) {
      values[i] =
          (1 + Math.log(counts.getOrDefault(names[i], 1))) * weights.getOrDefault(names[i], 0.0);
      squares += values[i] * values[i];
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] /= length;
    }
    return new ArrayExample<>(output, names, values);
  }

  private static double weight(int examples, int with) {
    return 1 + Math.log((1.0 + examples) / (1.0 + with));
  }
}
