package dev.attune.launcher.evaluation;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.evaluation.Asking.Answered;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.evaluation.figures.Judged;
import dev.attune.launcher.evaluation.figures.Measurement;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.schema.DatasetManifest.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures models on the validation examples of a dataset: the same examples for all of them. */
public final class Evaluation {
  private static final ModelAnswer NONE = ModelAnswer.of("");

  private final Asking asking;
  private final KeptAnswers kept;

  public Evaluation(Asking asking, KeptAnswers kept) {
    this.asking = asking;
    this.kept = kept;
  }

  /**
   * Asks and counts. The same answers give the same report.
   *
   * @param dataset whose examples the questions are
   * @param split from which of them
   * @param fair the questions that may be asked, one at least
   * @param model whom it is about
   * @param rivals whom it is compared with
   * @throws CommandFailure if a model cannot be asked, or an example has no categories
   */
  public EvaluationReport run(
      Identity dataset,
      Split split,
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
      compared.add(new Rival(other.measured(), own.measurement().against(other.measurement())));
    }
    Map<String, String> names = new LinkedHashMap<>();
    categories.ids().forEach(id -> names.put(id, categories.name(id)));
    return new EvaluationReport(
        new Title(
            dataset.dataset(),
            dataset.runId(),
            dataset.fingerprint(),
            split.toString(),
            questions.size(),
            fair.unfair()),
        names,
        own.measured(),
        compared,
        List.of());
  }

  private Result measure(Round round, Contestant contestant, List<String> next)
      throws CommandFailure, InterruptedException {
    Answered answered = asking.ask(contestant, round.dataset(), round.questions(), kept, next);
    List<Judged> judged = new ArrayList<>();
    Map<String, Integer> failed = new HashMap<>();
    for (int i = 0; i < round.questions().size(); i++) {
      String example = round.questions().get(i).fingerprint();
      ModelAnswer answer = answered.answers().getOrDefault(example, NONE);
      if (answer.failure() != null) {
        failed.merge(answer.failure(), 1, Integer::sum);
      }
      judged.add(new Judged(round.truths().get(i), round.categories().meaning(answer.text())));
    }
    Measurement measurement = Measurement.of(round.categories().ids(), judged);
    return new Result(
        measurement,
        new Measured(
            contestant.standing(),
            contestant.id(),
            contestant.model().name(),
            measurement.figures(),
            failed));
  }

  private record Result(Measurement measurement, Measured measured) {}

  /** What all models of an evaluation are asked. */
  private record Round(
      String dataset,
      AnswerCategories categories,
      List<Question> questions,
      List<List<String>> truths) {}
}
