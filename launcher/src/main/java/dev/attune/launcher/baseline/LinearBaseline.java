package dev.attune.launcher.baseline;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.baseline.TrainingExamples.Labelled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A linear model over the word unigrams and bigrams of a prompt. If every training answer is one
 * category, it is a multinomial logistic regression and answers with the most probable category.
 * Otherwise it is one logistic regression per category, and answers with every category that is at
 * least half as probable as the most probable one.
 *
 * <p>The same examples and hyperparameters give a model with the same answers: seed and order are
 * fixed. It is safe for several threads.
 */
final class LinearBaseline {
  /** Bounds memory: a weight and a sum of AdaGrad take 8 bytes each. */
  private static final int WEIGHT_LIMIT = 4_000_000;

  private static final double LEARNING_RATE = 1.0;
  private static final int ONE_BY_ONE = 1;
  private static final int NO_LOGGING = -1;
  private static final long SEED = 1;
  private static final double SHARE_OF_BEST = 0.5;

  private final Model<?> model;
  private final Scorer scorer;
  private final Vocabulary vocabulary;
  private final Categories categories;

  private LinearBaseline(Model<?> model, Vocabulary vocabulary, Categories categories) {
    this.model = model;
    this.scorer =
        model.validate(Label.class)
            ? new OneCategory(model.castModel(Label.class))
            : new SeveralCategories(model.castModel(MultiLabel.class));
    this.vocabulary = vocabulary;
    this.categories = categories;
  }

  /**
   * Trains a model.
   *
   * @param hyperparameters epochs are passes over the examples; the learning rate is 1.0 times its
   *     multiplier; the adapter size is ignored
   * @param stop called from time to time; when it returns true, a {@link CancellationException} is
   *     thrown
   * @param epoch receives the current epoch, from 1
   */
  static LinearBaseline train(
      TrainingExamples examples,
      Categories categories,
      Hyperparameters hyperparameters,
      BooleanSupplier stop,
      IntConsumer epoch) {
    Vocabulary vocabulary =
        Vocabulary.learn(
            examples.examples().stream().map(Labelled::words).toList(),
            Math.max(1, WEIGHT_LIMIT / examples.categories()));
    StoppableAdaGrad adaGrad =
        new StoppableAdaGrad(
            LEARNING_RATE * hyperparameters.learningRateMultiplier(),
            stop,
            steps -> epoch.accept(steps / examples.examples().size() + 1));
    int epochs = hyperparameters.epochs();
    Model<?> model =
        examples.nameOneEach()
            ? fit(
                new org.tribuo.classification.sgd.linear.LinearSGDTrainer(
                    new LogMulticlass(), adaGrad, epochs, NO_LOGGING, ONE_BY_ONE, SEED),
                new LabelFactory(),
                named -> new Label(name(named.first())),
                examples,
                vocabulary)
            : fit(
                new org.tribuo.multilabel.sgd.linear.LinearSGDTrainer(
                    new BinaryCrossEntropy(), adaGrad, epochs, NO_LOGGING, ONE_BY_ONE, SEED),
                new MultiLabelFactory(),
                named ->
                    new MultiLabel(
                        named.stream()
                            .map(place -> new Label(name(place)))
                            .collect(Collectors.toSet())),
                examples,
                vocabulary);
    return new LinearBaseline(model, vocabulary, categories);
  }

  private static <T extends Output<T>> Model<T> fit(
      Trainer<T> trainer,
      OutputFactory<T> outputs,
      Function<SortedSet<Integer>, T> output,
      TrainingExamples examples,
      Vocabulary vocabulary) {
    MutableDataset<T> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("train.jsonl", outputs), outputs);
    for (Labelled example : examples.examples()) {
      dataset.add(vocabulary.example(example.words(), output.apply(example.categories())));
    }
    return trainer.train(dataset);
  }

  /** Returns Tribuo's name of a category: its index, since Tribuo interprets some characters. */
  private static String name(int place) {
    return Integer.toString(place);
  }

  /** Writes the model in Tribuo's protobuf form. */
  void save(Path file) throws IOException {
    model.serializeToFile(file);
  }

  /**
   * Reads a model that {@link #save} wrote; no Java object is deserialized.
   *
   * @param categories the categories of its training
   */
  static LinearBaseline load(Path file, Categories categories) throws IOException {
    Model<?> model = Model.deserializeFromFile(file);
    return new LinearBaseline(model, Vocabulary.of(model), categories);
  }

  /** Returns the answer to a prompt: at least one category, in the taxonomy's order. */
  String answer(List<String> words) {
    return categories.answer(scorer.choose(words, vocabulary));
  }

  /** Chooses among the categories that occurred in training. */
  private interface Scorer {
    SortedSet<Integer> choose(List<String> words, Vocabulary vocabulary);
  }

  /** Chooses the most probable category; of equally probable ones the first. */
  private record OneCategory(Model<Label> model) implements Scorer {
    @Override
    public SortedSet<Integer> choose(List<String> words, Vocabulary vocabulary) {
      SortedMap<Integer, Double> probable = new TreeMap<>();
      model
          .predict(vocabulary.example(words, LabelFactory.UNKNOWN_LABEL))
          .getOutputScores()
          .forEach((name, label) -> probable.put(Integer.valueOf(name), label.getScore()));
      double best = Collections.max(probable.values());
      probable.values().removeIf(probability -> probability < best);
      return new TreeSet<>(Set.of(probable.firstKey()));
    }
  }

  /** Chooses the most probable category, and those at least half as probable. */
  private record SeveralCategories(Model<MultiLabel> model) implements Scorer {
    @Override
    public SortedSet<Integer> choose(List<String> words, Vocabulary vocabulary) {
      SortedMap<Integer, Double> probable = new TreeMap<>();
      model
          .predict(vocabulary.example(words, MultiLabelFactory.UNKNOWN_MULTILABEL))
          .getOutputScores()
          .values()
          .forEach(
              scored ->
                  scored
                      .getLabelSet()
                      .forEach(
                          label ->
                              probable.put(Integer.valueOf(label.getLabel()), label.getScore())));
      double best = Collections.max(probable.values());
      probable.values().removeIf(probability -> probability < SHARE_OF_BEST * best);
      return new TreeSet<>(probable.keySet());
    }
  }
}
