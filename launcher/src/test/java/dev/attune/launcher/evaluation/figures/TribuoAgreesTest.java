package dev.attune.launcher.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.multilabel.baseline.IndependentMultiLabelTrainer;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluation;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluator;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Our figures are those of a library that others have checked. */
class TribuoAgreesTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e");
  private static final int EXAMPLES = 500;

  private final SplittableRandom random = new SplittableRandom(2026);

  @Test
  void onAnswersWithOneCategory() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      String truth = IDS.get(random.nextInt(IDS.size()));
      String predicted =
          random.nextInt(3) > 0 ? truth : IDS.get(Math.min(random.nextInt(7), IDS.size() - 1));
      answers.add(new JudgedAnswer(List.of(truth), List.of(predicted)));
    }
    ModelFigures figures = MeasuredAnswers.of(IDS, answers).figures();
    LabelEvaluation theirs = singleLabel(answers);

    assertThat(figures.accuracy().value()).isEqualTo(theirs.accuracy(), CLOSE);
    assertThat(figures.macroF1().value()).isEqualTo(theirs.macroAveragedF1(), CLOSE);
    assertThat(figures.microF1().value()).isEqualTo(theirs.microAveragedF1(), CLOSE);
    for (CategoryFigures category : figures.categories()) {
      Label label = new Label(category.id());
      assertThat(category.support()).isEqualTo((int) (theirs.tp(label) + theirs.fn(label)));
      assertThat(value(category.precision())).isEqualTo(theirs.precision(label), CLOSE);
      assertThat(value(category.recall())).isEqualTo(theirs.recall(label), CLOSE);
      assertThat(value(category.f1())).isEqualTo(theirs.f1(label), CLOSE);
    }
    for (Confusion.Cell cell : figures.confusion().cells()) {
      assertThat((double) cell.count())
          .isEqualTo(theirs.confusion(new Label(cell.predicted()), new Label(cell.truth())), CLOSE);
    }
  }

  @Test
  void onAnswersWithSeveralCategories() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      Set<String> truth = some(3);
      Set<String> predicted = new TreeSet<>(random.nextBoolean() ? truth : some(3));
      if (random.nextInt(4) == 0) {
        predicted.addAll(some(1));
      }
      answers.add(new JudgedAnswer(List.copyOf(truth), List.copyOf(predicted)));
    }
    ModelFigures figures = MeasuredAnswers.of(IDS, answers).figures();
    MultiLabelEvaluation theirs = multiLabel(answers);

    assertThat(figures.macroF1().value()).isEqualTo(theirs.macroAveragedF1(), CLOSE);
    assertThat(figures.microF1().value()).isEqualTo(theirs.microAveragedF1(), CLOSE);
    for (CategoryFigures category : figures.categories()) {
      MultiLabel label = new MultiLabel(category.id());
      assertThat(value(category.precision())).isEqualTo(theirs.precision(label), CLOSE);
      assertThat(value(category.recall())).isEqualTo(theirs.recall(label), CLOSE);
      assertThat(value(category.f1())).isEqualTo(theirs.f1(label), CLOSE);
    }
  }

  private Set<String> some(int most) {
    Set<String> ids = new TreeSet<>();
    int many = 1 + random.nextInt(most);
    for (int i = 0; i < many; i++) {
      ids.add(IDS.get(random.nextInt(IDS.size())));
    }
    return ids;
  }

  private static LabelEvaluation singleLabel(List<JudgedAnswer> answers) {
    List<Prediction<Label>> predictions = new ArrayList<>();
    for (JudgedAnswer answer : answers) {
      predictions.add(
          new Prediction<>(
              new Label(answer.predicted().get(0)), 1, example(new Label(answer.truth().get(0)))));
    }
    List<Label> labels = IDS.stream().map(Label::new).toList();
    Model<Label> model =
        trained(labels, new LabelFactory(), DummyClassifierTrainer.createConstantTrainer("a"));
    return new LabelEvaluator().evaluate(model, predictions, provenance(new LabelFactory()));
  }

  private static MultiLabelEvaluation multiLabel(List<JudgedAnswer> answers) {
    List<Prediction<MultiLabel>> predictions = new ArrayList<>();
    for (JudgedAnswer answer : answers) {
      predictions.add(
          new Prediction<>(labels(answer.predicted()), 1, example(labels(answer.truth()))));
    }
    Model<MultiLabel> model =
        trained(
            IDS.stream().map(MultiLabel::new).toList(),
            new MultiLabelFactory(),
            new IndependentMultiLabelTrainer(DummyClassifierTrainer.createMostFrequentTrainer()));
    return new MultiLabelEvaluator()
        .evaluate(model, predictions, provenance(new MultiLabelFactory()));
  }

  private static MultiLabel labels(List<String> ids) {
    Set<Label> labels = new HashSet<>();
    ids.forEach(id -> labels.add(new Label(id)));
    return new MultiLabel(labels);
  }

  /** The evaluators ask a model for the categories alone. */
  private static <T extends Output<T>> Model<T> trained(
      List<T> outputs, OutputFactory<T> factory, Trainer<T> trainer) {
    MutableDataset<T> dataset = new MutableDataset<>(provenance(factory), factory);
    outputs.forEach(output -> dataset.add(example(output)));
    return trainer.train(dataset);
  }

  private static <T extends Output<T>> Example<T> example(T output) {
    return new ArrayExample<>(output, new String[] {"feature"}, new double[] {1.0});
  }

  private static SimpleDataSourceProvenance provenance(OutputFactory<?> factory) {
    return new SimpleDataSourceProvenance("test", factory);
  }

  private static double value(@Nullable Estimate estimate) {
    return Objects.requireNonNull(estimate).value();
  }
}
