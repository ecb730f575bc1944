package dev.attune.launcher.evaluation;

import static dev.attune.page.FigureText.count;

import dev.attune.config.AttuneConfig;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.ContestantSelector.Candidate;
import dev.attune.launcher.evaluation.ContestantSelector.Selection;
import dev.attune.launcher.evaluation.cost.CostGuard;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.cost.Spent;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationContext;
import dev.attune.launcher.evaluation.document.EvaluationDocument;
import dev.attune.launcher.evaluation.document.EvaluationFiles;
import dev.attune.launcher.evaluation.document.EvaluationFolder;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.evaluation.question.AnswerCollector;
import dev.attune.launcher.evaluation.question.AnswerStore;
import dev.attune.launcher.evaluation.question.Contestant;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.GatePreview;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.CategoryCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a model of the ledger: selects it and its rivals, asks the open questions, writes
 * evaluation.json and evaluation.html, and enters the evaluation in the ledger.
 */
public final class EvaluationRun {
  /** Fewer examples than these leave intervals of about a tenth on either side. */
  private static final int FEW_EXAMPLES = 100;

  private static final int MOST_NAMED = 5;

  private final AttuneConfig config;
  private final Ledger ledger;
  private final ModelOpener models;
  private final RetryLimits retries;
  private final Shell shell;

  public EvaluationRun(
      AttuneConfig config, Ledger ledger, ModelOpener models, RetryLimits retries, Shell shell) {
    this.config = config;
    this.ledger = ledger;
    this.models = models;
    this.retries = retries;
    this.shell = shell;
  }

  /**
   * Evaluates a model. If the figures have not changed, returns the existing ledger entry.
   *
   * @throws CommandFailure if a model does not exist or cannot be asked, or the dataset cannot be
   *     evaluated; answers received until then are kept
   */
  public EvaluationResult run(EvaluationOrder order)
      throws CommandFailure, IOException, InterruptedException {
    DatasetDirectory dataset = order.dataset();
    List<Question> questions = Questions.read(dataset, shell);
    AnswerCategories categories = AnswerCategories.of(dataset, taxonomy(dataset), shell);
    Selection selected = new ContestantSelector(config, ledger, shell, order).select();
    FairQuestions fair =
        FairQuestions.select(dataset, questions, selected.tuned(), ledger.datasets(), shell);
    fair.requireSome(dataset.path(), shell);
    List<String> notes = new ArrayList<>(selected.notes());
    notes.addAll(fair.notes(config.evaluation().minimumExamples()));
    notes.addAll(notes(dataset, fair.questions(), categories));
    AnswerStore kept = new LedgerAnswers(ledger);
    try (OpenModels open = new OpenModels(models, ConfigFile.baseModels(config))) {
      Contestant model = open.open(selected.model());
      EvaluationArchive archive = new EvaluationArchive(config, ledger);
      EvaluationFolder folder = archive.folder(dataset, model.id());
      List<Contestant> rivals = new ArrayList<>();
      for (Candidate rival : selected.rivals()) {
        rivals.add(open.open(rival));
      }
      new CostGuard(shell)
          .check(
              new EvaluationCost(open.costs(dataset, fair.questions(), kept)),
              CostGuard.left(config, order.maxCostUsd(), Spent.NOTHING));
      EvaluationReport report =
          new Evaluation(new AnswerCollector(config.evaluation(), retries, shell), kept)
              .run(dataset.manifest().identity(), fair, categories, model, rivals);
      notes.addAll(failures(report));
      report = report.withNotes(notes);
      EvaluationFiles files = write(folder, report, setting(dataset.manifest(), report));
      String id =
          archive.enter(
              dataset,
              report.model().id(),
              report.title().split(),
              EvaluationDocument.of(report),
              files);
      return new EvaluationResult(id, report, files);
    }
  }

  /** Returns the context that evaluation.html shows: the dataset, the champion and the gate. */
  private EvaluationContext setting(DatasetManifest dataset, EvaluationReport report) {
    String champion = ledger.promotions().champion(dataset.identity().dataset()).orElse(null);
    boolean comparedWithBase = report.rival(ContestantRole.BASE).isPresent();
    boolean comparedWithChampion =
        champion == null || report.rival(ContestantRole.CHAMPION).isPresent();
    GatePreview gate =
        comparedWithBase && comparedWithChampion
            ? GatePreview.of(config.evaluation(), EvaluationDocument.of(report))
            : null;
    return EvaluationContext.of(dataset, champion, gate);
  }

  /** Returns the taxonomy of the configuration, or null if the dataset is another one's. */
  private @Nullable Place taxonomy(DatasetDirectory dataset) {
    String file = config.dataset().taxonomy();
    boolean own = config.dataset().dataset().equals(dataset.manifest().identity().dataset());
    return file == null || !own ? null : config.resolve(file);
  }

  /** Returns a sentence for each model with failed questions. */
  private static List<String> failures(EvaluationReport report) {
    List<String> sentences = new ArrayList<>();
    Stream.concat(Stream.of(report.model()), report.rivals().stream().map(Rival::measured))
        .filter(measured -> !measured.failed().isEmpty())
        .forEach(measured -> sentences.add(failure(measured)));
    return sentences;
  }

  private static String failure(Measured measured) {
    int all = measured.failed().values().stream().mapToInt(Integer::intValue).sum();
    return Messages.of(
        "launcher.evaluation.failed",
        measured.role().key(),
        measured.id(),
        count(all, "question"),
        measured.failed().entrySet().stream()
            .map(reason -> reason.getKey() + " (" + count(reason.getValue()) + ")")
            .collect(Collectors.joining(", ")));
  }

  private List<String> notes(
      DatasetDirectory dataset, List<Question> questions, AnswerCategories categories)
      throws CommandFailure {
    List<String> notes = new ArrayList<>();
    if (questions.size() < FEW_EXAMPLES) {
      notes.add(Messages.of("launcher.evaluation.few-examples", questions.size()));
    }
    Set<String> asked = new HashSet<>();
    for (Question question : questions) {
      asked.addAll(categories.truth(question));
    }
    List<String> unasked = new ArrayList<>();
    for (Map.Entry<String, CategoryCount> category : dataset.manifest().categories().entrySet()) {
      if (category.getValue().training() > 0 && !asked.contains(category.getKey())) {
        unasked.add(category.getKey());
      }
    }
    if (!unasked.isEmpty()) {
      notes.add(unasked(unasked));
    }
    if (taxonomy(dataset) == null) {
      notes.add(Messages.of("launcher.evaluation.ids-only"));
    }
    return notes;
  }

  private static String unasked(List<String> categories) {
    String named = categories.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = categories.size() - MOST_NAMED;
    if (more > 0) {
      return Messages.of("launcher.evaluation.many-unasked", named, more);
    }
    return Messages.of(
        categories.size() == 1
            ? "launcher.evaluation.one-unasked"
            : "launcher.evaluation.some-unasked",
        named);
  }

  private static EvaluationFiles write(
      EvaluationFolder folder, EvaluationReport report, EvaluationContext setting)
      throws CommandFailure, IOException {
    try {
      return EvaluationFiles.write(folder, report, setting);
    } catch (UnsafePathException e) {
      throw refusal(e);
    }
  }

  private static CommandFailure refusal(UnsafePathException e) {
    return new CommandFailure(FailureCode.FILE, e.getMessage(), e);
  }
}
