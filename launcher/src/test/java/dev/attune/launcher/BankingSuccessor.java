package dev.attune.launcher;

import dev.attune.launcher.BankingSplit.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a successor of a champion on BANKING77 was tuned on, and what the gate must make of it. The
 * champion has half of the training examples.
 */
enum BankingSuccessor {
  /** All training examples. */
  TWICE("twice the data", true, 10) {
    @Override
    Map<String, List<Example>> datasets(BankingSplit split, List<Example> shuffled) {
      return Map.of("", shuffled);
    }
  },
  /** A tenth as many new ones as well. */
  TENTH_MORE("10% more", true, 7) {
    @Override
    Map<String, List<Example>> datasets(BankingSplit split, List<Example> shuffled) {
      int half = shuffled.size() / 2;
      return Map.of("", shuffled.subList(0, half + half / 10));
    }
  },
  /** Every other one of the champion's examples. */
  HALF("half of it", false, 10) {
    @Override
    Map<String, List<Example>> datasets(BankingSplit split, List<Example> shuffled) {
      return Map.of("", shuffled.subList(0, shuffled.size() / 4));
    }
  },
  /** A third as many new ones as well, all of them with a wrong category. */
  WRONG_LABELS("a third of wrong labels added", false, 10) {
    @Override
    Map<String, List<Example>> datasets(BankingSplit split, List<Example> shuffled) {
      int half = shuffled.size() / 2;
      Stream<Example> wrong =
          shuffled.subList(half, half + half / 3).stream().map(split::mislabelled);
      return Map.of("", Stream.concat(champion(shuffled).stream(), wrong).toList());
    }
  },
  /** The champion's, without those of a category: the smallest, a middle, the largest one. */
  LACKS_CATEGORY("lacks a category:", false, 10) {
    @Override
    Map<String, List<Example>> datasets(BankingSplit split, List<Example> shuffled) {
      List<String> bySize = split.categoriesBySize();
      Map<String, List<Example>> datasets = new LinkedHashMap<>();
      for (String id : List.of(bySize.get(0), bySize.get(38), bySize.get(76))) {
        List<Example> rest = new ArrayList<>(champion(shuffled));
        rest.removeIf(example -> example.category().equals(id));
        datasets.put(id + " (" + split.validationExamples(id) + " validation examples)", rest);
      }
      return datasets;
    }
  };

  private final String title;
  private final boolean better;
  private final int inTen;

  BankingSuccessor(String title, boolean better, int inTen) {
    this.title = title;
    this.better = better;
    this.inTen = inTen;
  }

  /** The champion's examples: the first half. */
  static List<Example> champion(List<Example> shuffled) {
    return shuffled.subList(0, shuffled.size() / 2);
  }

  /**
   * The training examples of such successors.
   *
   * @param shuffled all training examples, the champion's first
   * @return by what tells one from the other, for people
   */
  abstract Map<String, List<Example>> datasets(BankingSplit split, List<Example> shuffled);

  /** What it is, for people. */
  String title() {
    return title;
  }

  /** Whether it must be promoted; else refused. */
  boolean better() {
    return better;
  }

  /** Of so many decisions at least so many must be right. */
  int atLeast(int decisions) {
    return decisions * inTen / 10;
  }
}
