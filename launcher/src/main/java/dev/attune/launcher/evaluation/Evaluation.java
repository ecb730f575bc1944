package dev.attune.launcher.evaluation;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.evaluation.figures.JudgedAnswer;
import dev.attune.launcher.evaluation.figures.MeasuredAnswers;
import dev.attune.launcher.evaluation.question.AnswerCollector;
import dev.attune.launcher.evaluation.question.AnswerStore;
import dev.attune.launcher.evaluation.question.Contestant;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.schema.DatasetManifest.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures models on the same validation examples of a dataset. */
public final class Evaluation {
  private static final ModelAnswer NONE = ModelAnswer.of("");
  private static final String SPLIT = "validation";

  private final AnswerCollector collector;
  private final AnswerStore store;

  public Evaluation(AnswerCollector collector, AnswerStore store) {
    this.collector = collector;
    this.store = store;
  }

  /**
   * Asks the models and counts their answers. The same answers give the same report.
   *
   * @param dataset identity of the dataset that the questions come from
   * @param fair questions to ask; at least one
   * @param model the evaluated model
   * @param rivals models to compare it with
   * @throws CommandFailure if a model cannot be asked, or an example has no categories
   */
  public EvaluationReport run(
      Identity dataset,
      FairQuestions fair,
      AnswerCategories categories,
      Contestant model,
      List<Contestant> rivals)
      throws CommandFailure, InterruptedException {
    List<Question> questions = fair.questions();
    List<List<String>> truths = new ArrayList<>();
    for (Question question : questions) {
      truths.add(categories.truth(question));
    }
    Round round = new Round(dataset.fingerprint(), categories, questions, truths);
    List<String> next = new ArrayList<>(rivals.stream().map(Contestant::title).toList());
    Result own = measure(round, model, next);
    List<Rival> compared = new ArrayList<>();
    for (Contestant rival : rivals) {
      next.remove(0);
      Result other = measure(round, rival, next);
      compared.add(new Rival(other.measured(), own.answers().against(other.answers())));
    }
    Map<String, String> names = new LinkedHashMap<>();
    categories.ids().forEach(id -> names.put(id, categories.name(id)));
    return new EvaluationReport(
        new Title(
            dataset.dataset(),
            dataset.runId(),
            dataset.fingerprint(),
            SPLIT,
            questions.size(),
            fair.unfair()),
        names,
        own.measured(),
        compared,
        List.of());
  }

  private Result measure(Round round, Contestant contestant, List<String> next)
      throws CommandFailure, InterruptedException {
    Map<String, ModelAnswer> answers =
        collector.collect(contestant, round.dataset(), round.questions(), store, next);
    List<JudgedAnswer> judged = new ArrayList<>();
    Map<String, Integer> failed = new HashMap<>();
    for (int i = 0; i < round.questions().size(); i++) {
      String example = round.questions().get(i).fingerprint();
      ModelAnswer answer = answers.getOrDefault(example, NONE);
      if (answer.failure() != null) {
        failed.merge(answer.failure(), 1, Integer::sum);
      }
      judged.add(
          new JudgedAnswer(round.truths().get(i), round.categories().meaning(answer.text())));
    }
    MeasuredAnswers measured = MeasuredAnswers.of(round.categories().ids(), judged);
    return new Result(
        measured,
        new Measured(
            contestant.role(),
            contestant.id(),
            contestant.model().name(),
            measured.figures(),
            failed));
  }

  private record Result(MeasuredAnswers answers, Measured measured) {}

  /** The questions to all models of one evaluation, and their true categories. */
  private record Round(
      String dataset,
      AnswerCategories categories,
      List<Question> questions,
      List<List<String>> truths) {}
}
