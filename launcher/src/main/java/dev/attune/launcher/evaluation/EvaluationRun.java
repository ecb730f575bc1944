package dev.attune.launcher.evaluation;

import dev.attune.catalog.BaseModel;
import dev.attune.catalog.BaseModels;
import dev.attune.config.AttuneConfig;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Lineup.Chosen;
import dev.attune.launcher.evaluation.Lineup.Entrant;
import dev.attune.launcher.evaluation.cost.AskingCost;
import dev.attune.launcher.evaluation.cost.CostGuard;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.document.EvaluationFiles;
import dev.attune.launcher.evaluation.document.EvaluationFolder;
import dev.attune.launcher.evaluation.document.EvaluationJson;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.document.EvaluationSetting;
import dev.attune.launcher.evaluation.document.Standing;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.launcher.promotion.GatePreview;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.CategoryCount;
import dev.attune.schema.DatasetManifest.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a model of the ledger: finds it and those that it is compared with, asks what was not
 * asked before, writes the two files, and enters them.
 */
public final class EvaluationRun {
  /** Fewer examples than these leave intervals of about a tenth on either side. */
  private static final int FEW_EXAMPLES = 100;

  private static final int MOST_NAMED = 5;

  private final AttuneConfig config;
  private final Ledger ledger;
  private final Models models;
  private final Patience patience;
  private final Shell shell;

  public EvaluationRun(
      AttuneConfig config, Ledger ledger, Models models, Patience patience, Shell shell) {
    this.config = config;
    this.ledger = ledger;
    this.models = models;
    this.patience = patience;
    this.shell = shell;
  }

  /**
   * Evaluates. When nothing is new, the entry that stands in the ledger is the result.
   *
   * @throws CommandFailure if a model is not there or cannot be asked, or the dataset is none that
   *     can be evaluated; answers that came until then are kept
   */
  public Evaluated run(EvaluationOrder order)
      throws CommandFailure, IOException, InterruptedException {
    DatasetDirectory dataset = order.dataset();
    List<Question> questions = Questions.read(dataset, shell);
    AnswerCategories categories = AnswerCategories.of(dataset, taxonomy(dataset), shell);
    Chosen chosen = new Lineup(config, ledger, shell, order).choose();
    FairQuestions fair =
        FairQuestions.select(dataset, questions, chosen.tuned(), ledger.datasets(), shell);
    fair.requireSome(dataset.path(), shell);
    List<String> notes = new ArrayList<>(chosen.notes());
    notes.addAll(fair.notes(config.evaluation().minimumExamples()));
    notes.addAll(notes(dataset, fair.questions(), categories));
    KeptAnswers kept = new LedgerAnswers(ledger);
    try (OpenModels open = new OpenModels(models, ConfigFile.baseModels(config))) {
      Contestant model = open.open(chosen.model());
      EvaluationFolder folder = folder(dataset, model.id());
      List<Contestant> rivals = new ArrayList<>();
      for (Entrant rival : chosen.rivals()) {
        rivals.add(open.open(rival));
      }
      new CostGuard(shell).check(open.cost(dataset, fair.questions(), kept), cap(order));
      EvaluationReport report =
          new Evaluation(new Asking(config.evaluation(), patience, shell), kept)
              .run(dataset.manifest().identity(), order.split(), fair, categories, model, rivals);
      notes.addAll(failures(report));
      report = report.withNotes(notes);
      EvaluationFiles files = write(folder, report, setting(dataset.manifest(), report));
      return new Evaluated(enter(dataset, report, files), report, files);
    }
  }

  /** What the page says of the surroundings, as they are now. */
  private EvaluationSetting setting(DatasetManifest dataset, EvaluationReport report) {
    String champion = ledger.promotions().champion(dataset.identity().dataset()).orElse(null);
    boolean comparedWithBase = report.rival(Standing.BASE).isPresent();
    boolean comparedWithChampion = champion == null || report.rival(Standing.CHAMPION).isPresent();
    GatePreview gate =
        comparedWithBase && comparedWithChampion
            ? GatePreview.of(
                config.evaluation(), new String(EvaluationJson.of(report), StandardCharsets.UTF_8))
            : null;
    return EvaluationSetting.of(dataset, champion, gate);
  }

  /** The taxonomy of the configuration, where that is the dataset's own. */
  private @Nullable Path taxonomy(DatasetDirectory dataset) {
    String file = config.dataset().taxonomy();
    boolean own = config.dataset().dataset().equals(dataset.manifest().identity().dataset());
    return file == null || !own ? null : config.resolve(file);
  }

  /** What the evaluation may cost, or null where there is no cap. */
  private @Nullable Double cap(EvaluationOrder order) {
    Double ordered = order.maxCostUsd();
    return ordered == null ? config.tuning().maxCostUsd() : ordered;
  }

  /** Models that failed questions for good, a sentence each. */
  private static List<String> failures(EvaluationReport report) {
    List<String> sentences = new ArrayList<>();
    Stream.concat(Stream.of(report.model()), report.rivals().stream().map(Rival::measured))
        .filter(measured -> !measured.failed().isEmpty())
        .forEach(measured -> sentences.add(failure(measured)));
    return sentences;
  }

  private static String failure(Measured measured) {
    int all = measured.failed().values().stream().mapToInt(Integer::intValue).sum();
    return String.format(
        Locale.ROOT,
        "The %s %s failed %,d question%s for good, counted as invalid answers: %s.",
        measured.standing().key(),
        measured.id(),
        all,
        all == 1 ? "" : "s",
        measured.failed().entrySet().stream()
            .map(
                reason ->
                    String.format(Locale.ROOT, "%s (%,d)", reason.getKey(), reason.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private List<String> notes(
      DatasetDirectory dataset, List<Question> questions, AnswerCategories categories)
      throws CommandFailure {
    List<String> notes = new ArrayList<>();
    if (questions.size() < FEW_EXAMPLES) {
      notes.add(
          "Only "
              + questions.size()
              + " examples were asked: the intervals are wide, and a small gain says little.");
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
      notes.add(
          "No example that was asked has "
              + unasked.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
              + (unasked.size() > MOST_NAMED
                  ? " or " + (unasked.size() - MOST_NAMED) + " more"
                  : "")
              + ": nothing is known of how well "
              + (unasked.size() == 1 ? "it is" : "they are")
              + " recognised.");
    }
    if (taxonomy(dataset) == null) {
      notes.add("Of answers the ids of the dataset's categories alone were recognised.");
    }
    return notes;
  }

  private EvaluationFolder folder(DatasetDirectory dataset, String model) throws CommandFailure {
    String output = config.dataset().output().directory();
    Path datasets =
        output.contains("://") ? config.resolve("build/datasets") : config.resolve(output);
    Identity identity = dataset.manifest().identity();
    EvaluationFolder folder =
        EvaluationFolder.beside(datasets, identity.dataset(), identity.runId(), model);
    try {
      folder.requireOwn();
      return folder;
    } catch (UnsafePathException e) {
      throw refusal(e);
    }
  }

  private static EvaluationFiles write(
      EvaluationFolder folder, EvaluationReport report, EvaluationSetting setting)
      throws CommandFailure, IOException {
    try {
      return EvaluationFiles.write(folder, report, setting);
    } catch (UnsafePathException e) {
      throw refusal(e);
    }
  }

  private static CommandFailure refusal(UnsafePathException e) {
    return new CommandFailure(FailureCode.FILE, List.of(), e.getMessage(), e);
  }

  private String enter(DatasetDirectory dataset, EvaluationReport report, EvaluationFiles files) {
    String model = report.model().id();
    String split = report.title().split();
    String figures = new String(EvaluationJson.of(report), StandardCharsets.UTF_8);
    String page = files.page().toString();
    Evaluations evaluations = ledger.evaluations();
    return evaluations
        .latest(model, dataset.fingerprint(), split)
        .filter(entry -> entry.figures().equals(figures) && entry.report().equals(page))
        .orElseGet(() -> evaluations.enter(model, dataset.fingerprint(), split, figures, page))
        .id();
  }

  /** Models that are closed together, also where one of them could not be opened. */
  private static final class OpenModels implements AutoCloseable {
    private final Models models;
    private final BaseModels prices;
    private final List<Entrant> entrants = new ArrayList<>();
    private final List<AskedModel> open = new ArrayList<>();

    OpenModels(Models models, BaseModels prices) {
      this.models = models;
      this.prices = prices;
    }

    Contestant open(Entrant entrant) throws CommandFailure, IOException {
      try {
        AskedModel model = models.open(entrant.address());
        open.add(model);
        entrants.add(entrant);
        return new Contestant(entrant.standing(), entrant.id(), model);
      } catch (AskException e) {
        throw new CommandFailure(
            FailureCode.BACK_END, List.of(), String.valueOf(e.getMessage()), e);
      }
    }

    /** What asking all of them what they have not answered yet will cost. */
    EvaluationCost cost(DatasetDirectory dataset, List<Question> questions, KeptAnswers kept) {
      List<AskingCost> costs = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        Entrant entrant = entrants.get(i);
        AskedModel model = open.get(i);
        Set<String> answered = kept.kept(model.name(), dataset.fingerprint()).keySet();
        costs.add(cost(entrant, model, Question.without(questions, answered)));
      }
      return new EvaluationCost(costs);
    }

    private AskingCost cost(Entrant entrant, AskedModel model, List<Question> unanswered) {
      boolean tuned = entrant.tunedOn() != null;
      return model.isHosted()
          ? AskingCost.hosted(
              entrant.standing(),
              entrant.id(),
              tuned,
              unanswered,
              prices.find(entrant.address().baseModel()).map(BaseModel::askingPrice).orElse(null))
          : AskingCost.here(entrant.standing(), entrant.id(), tuned, unanswered);
    }

    @Override
    public void close() {
      open.forEach(AskedModel::close);
    }
  }

  /** The answers that the ledger keeps. */
  private record LedgerAnswers(Ledger ledger) implements KeptAnswers {
    @Override
    public Map<String, ModelAnswer> kept(String model, String dataset) {
      return ledger.answers().kept(model, dataset);
    }

    @Override
    public void keep(String model, String dataset, Map<String, ModelAnswer> answers) {
      ledger.answers().keep(model, dataset, answers);
    }
  }
}
