package dev.attune.launcher.baseline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * The words and the categories of training examples, in the order of the file. Equal words are
 * stored once.
 *
 * @param examples at least one
 * @param dropped the number of lines at the end of the file beyond the limit
 */
record TrainingExamples(List<Labelled> examples, long dropped) {
  /**
   * The number of words in all examples. It bounds memory: the n-grams of texts without repetition
   * take about 250 MB. The file is sorted by hashes, so the examples before the limit are a random
   * choice.
   */
  static final long WORD_LIMIT = 2_000_000;

  private static final int LINES_BETWEEN = 256;

  TrainingExamples {
    examples = List.copyOf(examples);
  }

  /**
   * Reads a file to its end, since its hash is compared.
   *
   * @param wordLimit the number of words to use; an example counts one word more than it has
   * @param stop called from time to time; when it returns true, a {@link CancellationException} is
   *     thrown
   */
  static TrainingExamples read(TrainingFile file, long wordLimit, BooleanSupplier stop)
      throws IOException, UnusableDatasetException {
    Gathering gathering = new Gathering(wordLimit);
    file.read(
        (line, example, named) -> {
          if (line % LINES_BETWEEN == 1 && stop.getAsBoolean()) {
            throw new CancellationException("training was stopped");
          }
          gathering.add(new Labelled(PromptWords.of(example), named));
        });
    return new TrainingExamples(gathering.taken, gathering.dropped);
  }

  /** Returns whether every answer has exactly one category. */
  boolean nameOneEach() {
    return examples.stream().allMatch(example -> example.categories().size() == 1);
  }

  /** Returns the number of categories that occur. */
  int categories() {
    return (int) examples.stream().flatMap(e -> e.categories().stream()).distinct().count();
  }

  /**
   * The words of a prompt and the categories of its answer.
   *
   * @param categories their indices in the taxonomy's order
   */
  record Labelled(List<String> words, SortedSet<Integer> categories) {}

  /** Collects examples until the limit is reached. */
  private static final class Gathering {
    private final List<Labelled> taken = new ArrayList<>();
    private final Map<String, String> words = new HashMap<>();
    private long left;
    private long dropped;

    private Gathering(long limit) {
      left = limit;
    }

    private void add(Labelled example) {
      left -= example.words().size() + 1;
      // The first example is taken whatever its length, so that there is at least one.
      if (left < 0 && !taken.isEmpty()) {
        dropped++;
        left = 0;
        return;
      }
      example.words().replaceAll(word -> words.computeIfAbsent(word, same -> same));
      taken.add(example);
    }
  }
}
