package dev.attune.launcher.evaluation;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Asking.Answered;
import dev.attune.launcher.evaluation.figures.Judged;
import dev.attune.launcher.evaluation.figures.Measurement;
import dev.attune.launcher.evaluation.report.EvaluationReport;
import dev.attune.launcher.evaluation.report.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.report.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.report.EvaluationReport.Title;
import dev.attune.schema.DatasetManifest.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures models on the validation examples of a dataset: the same examples for all of them. */
public final class Evaluation {
  private final Asking asking;
  private final KeptAnswers kept;
  private final Shell shell;

  public Evaluation(Asking asking, KeptAnswers kept, Shell shell) {
    this.asking = asking;
    this.kept = kept;
    this.shell = shell;
  }

  /**
   * Asks and counts. The same answers give the same report.
   *
   * @param model whom it is about
   * @param rivals whom it is compared with
   * @throws CommandFailure if a model cannot be asked, or the dataset cannot be evaluated
   */
  public EvaluationReport run(
      DatasetDirectory dataset,
      AnswerCategories categories,
      Contestant model,
      List<Contestant> rivals,
      List<String> notes)
      throws CommandFailure, IOException, InterruptedException {
    List<Question> questions = Questions.read(dataset, shell);
    Identity identity = dataset.manifest().identity();
    Round round = new Round(identity.fingerprint(), categories, questions);
    Measurement own = measure(round, model);
    List<Rival> compared = new ArrayList<>();
    for (Contestant rival : rivals) {
      Measurement other = measure(round, rival);
      compared.add(new Rival(measured(rival, other), own.against(other)));
    }
    Map<String, String> names = new LinkedHashMap<>();
    categories.ids().forEach(id -> names.put(id, categories.name(id)));
    return new EvaluationReport(
        new Title(
            identity.dataset(),
            identity.runId(),
            identity.fingerprint(),
            "validation",
            questions.size()),
        names,
        measured(model, own),
        compared,
        notes);
  }

  private Measurement measure(Round round, Contestant contestant)
      throws CommandFailure, InterruptedException {
    Answered answered =
        asking.ask(contestant, round.dataset(), round.questions(), kept);
    List<Judged> judged = new ArrayList<>();
    for (Question question : round.questions()) {
      String answer = answered.answers().getOrDefault(question.fingerprint(), "");
      judged.add(round.categories().judge(question, answer));
    }
    return Measurement.of(round.categories().ids(), judged, round.seed());
  }

  private static Measured measured(Contestant contestant, Measurement measurement) {
    return new Measured(
        contestant.standing(), contestant.id(), contestant.model().name(), measurement.figures());
  }

  /** What all models of an evaluation are asked. */
  private record Round(String dataset, AnswerCategories categories, List<Question> questions) {
    /** Of the bootstrap: the first 64 bits of the dataset's fingerprint. */
    long seed() {
      int hash = dataset.indexOf(':') + 1;
      return Long.parseUnsignedLong(dataset.substring(hash, hash + 16), 16);
    }
  }
}
