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
 * What the baseline trains on: the words and the categories of training examples, in the order of
 * the file. Words that are equal are held once.
 *
 * @param examples at least one
 * @param dropped how many lines at the end of the file were left out, as the limit was reached
 */
record TrainingExamples(List<Labelled> examples, long dropped) {
  /**
   * Words in all. Bounds memory: the n-grams of texts that hold no n-gram twice take some 250 MB.
   * The file is sorted by hashes, so the examples before the limit are as good a choice as any.
   */
  static final long WORD_LIMIT = 2_000_000;

  private static final int LINES_BETWEEN = 256;

  TrainingExamples {
    examples = List.copyOf(examples);
  }

  /**
   * Reads a file, whole even where its end is left out, since its hash is compared.
   *
   * @param wordLimit where to leave off; an example counts one word more than it has
   * @param stop asked now and then; once it says so, a {@link CancellationException} is thrown
   */
  static TrainingExamples read(TrainingFile file, long wordLimit, BooleanSupplier stop)
      throws IOException, UnfitDatasetException {
    Gathering gathering = new Gathering(wordLimit);
    file.read(
        (line, example, named) -> {
          if (line % LINES_BETWEEN == 1 && stop.getAsBoolean()) {
            throw new CancellationException("training was stopped");
          }
          gathering.add(new Labelled(Words.of(example), named));
        });
    return new TrainingExamples(gathering.taken, gathering.dropped);
  }

  /** Whether every answer names exactly one category. */
  boolean nameOneEach() {
    return examples.stream().allMatch(example -> example.categories().size() == 1);
  }

  /** How many categories occur. */
  int categories() {
    return (int) examples.stream().flatMap(e -> e.categories().stream()).distinct().count();
  }

  /**
   * The words of a prompt and the categories of its answer.
   *
   * @param categories their places in the taxonomy's order
   */
  record Labelled(List<String> words, SortedSet<Integer> categories) {}

  /** Takes examples until the limit is reached. */
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
      // The first is taken whatever its length, so that there is something to train on.
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
