package dev.attune.launcher.evaluation.conversation;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.ContestantSelector;
import dev.attune.launcher.evaluation.ContestantSelector.Candidate;
import dev.attune.launcher.evaluation.ContestantSelector.Selection;
import dev.attune.launcher.evaluation.EvaluationArchive;
import dev.attune.launcher.evaluation.EvaluationOrder;
import dev.attune.launcher.evaluation.LedgerAnswers;
import dev.attune.launcher.evaluation.OpenModels;
import dev.attune.launcher.evaluation.cost.ContestantCost;
import dev.attune.launcher.evaluation.cost.CostGuard;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.cost.ExpectedPairs;
import dev.attune.launcher.evaluation.cost.JudgingCosts;
import dev.attune.launcher.evaluation.cost.Spent;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationFiles;
import dev.attune.launcher.evaluation.document.EvaluationFolder;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.evaluation.question.AnswerStore;
import dev.attune.launcher.evaluation.question.Contestant;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.judge.ConfiguredJudges;
import dev.attune.launcher.judge.GoldChoice;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.launcher.promotion.GatePreview;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.SessionOpener;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a model of the ledger on a conversation dataset: asks it and its rivals the open
 * questions, lets judges compare the answers, writes evaluation.json and evaluation.html, and
 * enters the evaluation in the ledger. What was answered before, by models or judges, is not asked
 * again.
 */
public final class ConversationRun {
  private final AttuneConfig config;
  private final Ledger ledger;
  private final ModelOpener models;
  private final SessionOpener sessions;
  private final RetryLimits retries;
  private final Shell shell;

  /**
   * Creates a run.
   *
   * @param models opens the compared models
   * @param sessions opens the judges
   * @param retries for the compared models
   */
  public ConversationRun(
      AttuneConfig config,
      Ledger ledger,
      ModelOpener models,
      SessionOpener sessions,
      RetryLimits retries,
      Shell shell) {
    this.config = config;
    this.ledger = ledger;
    this.models = models;
    this.sessions = sessions;
    this.retries = retries;
    this.shell = shell;
  }

  /**
   * Evaluates a model. If the figures have not changed, returns the existing ledger entry.
   *
   * @param consent options of the command; without a cap, that of the configuration holds
   * @throws CommandFailure if a model does not exist or a model or judge cannot be asked, or there
   *     are no judges; answers received until then are kept
   */
  public ConversationResult run(EvaluationOrder order, Consent consent)
      throws CommandFailure, IOException, InterruptedException {
    DatasetDirectory dataset = order.dataset();
    ConfiguredJudges judges = ConfiguredJudges.of(config, shell);
    List<Question> questions = Questions.ofAnyTask(dataset, shell);
    Selection selected = new ContestantSelector(config, ledger, shell, order).select();
    judges.requireOtherFamilies(baseModels(selected));
    FairQuestions fair =
        FairQuestions.select(dataset, questions, selected.tuned(), ledger.datasets(), shell);
    fair.requireSome(dataset.path(), shell);
    List<GoldChoice> gold =
        judges.choices(Question.examples(questions), ConfiguredJudges.redaction(config));
    AnswerStore kept = new LedgerAnswers(ledger);
    try (OpenModels open = new OpenModels(models, ConfigFile.baseModels(config))) {
      List<Contestant> contestants = new ArrayList<>(List.of(open.open(selected.model())));
      for (Candidate rival : selected.rivals()) {
        contestants.add(open.open(rival));
      }
      EvaluationArchive archive = new EvaluationArchive(config, ledger);
      EvaluationFolder folder = archive.folder(dataset, contestants.get(0).id());
      BigDecimal cap = CostGuard.left(config, order.maxCostUsd(), Spent.NOTHING);
      try (ModelSession session = sessions.open(config, ledger, shell, capped(consent, cap))) {
        List<ContestantCost> asking = open.costs(dataset, fair.questions(), kept);
        List<ContestantCost> judging =
            JudgingCosts.of(
                judges,
                expected(dataset, fair, gold, contestants),
                (judge, request) -> session.hasKept(judge.name(), request));
        checkCost(asking, judging, session, cap);
        JudgedAnswers judged =
            new JudgedAnswers(
                config, shell, retries, kept, judges, new JudgedAnswers.Judging(session, gold));
        ConversationReport report = report(judged, dataset, fair, contestants, session);
        report = report.withNotes(notes(selected, fair, report));
        String figures = ConversationDocument.of(report);
        EvaluationFiles files =
            EvaluationFiles.write(
                folder, ConversationPage.render(report, gate(dataset, report, figures)), figures);
        String id =
            archive.enter(dataset, report.model().id(), report.title().split(), figures, files);
        return ConversationResult.of(id, report, files, session.costSentence().orElse(""));
      }
    }
  }

  /** Returns the report. If that fails, says what was spent until then. */
  private ConversationReport report(
      JudgedAnswers judged,
      DatasetDirectory dataset,
      FairQuestions fair,
      List<Contestant> contestants,
      ModelSession session)
      throws CommandFailure, IOException, InterruptedException {
    boolean isComplete = false;
    try {
      ConversationReport report = judged.report(dataset, fair, contestants);
      isComplete = true;
      return report;
    } finally {
      if (!isComplete) {
        session.costSentence().ifPresent(shell.err()::println);
      }
    }
  }

  /** Returns the gate's decision, or null if it needs further comparisons. */
  private @Nullable GatePreview gate(
      DatasetDirectory dataset, ConversationReport report, String figures) {
    boolean hasChampion =
        ledger.promotions().champion(dataset.manifest().identity().dataset()).isPresent();
    boolean isCompared =
        report.rival(ContestantRole.BASE).isPresent()
            && (!hasChampion || report.rival(ContestantRole.CHAMPION).isPresent());
    return isCompared ? GatePreview.of(config.evaluation(), figures) : null;
  }

  private static List<String> baseModels(Selection selected) {
    return Stream.concat(Stream.of(selected.model()), selected.rivals().stream())
        .map(candidate -> candidate.address().baseModel())
        .distinct()
        .toList();
  }

  /**
   * Checks the estimated cost of models and judges together before any model is paid. What was
   * answered or judged before is not part of it.
   */
  private void checkCost(
      List<ContestantCost> asking,
      List<ContestantCost> judging,
      ModelSession session,
      @Nullable BigDecimal cap)
      throws CommandFailure {
    List<ContestantCost> all = new ArrayList<>(asking);
    all.addAll(judging);
    new CostGuard(shell).check(new EvaluationCost(all), cap);
    session.requireConsent(new EvaluationCost(judging).exactUsd());
    session.setAside(new EvaluationCost(asking).exactUsd()); // a command has one budget
  }

  /** Returns the pairs that judges will compare. */
  private ExpectedPairs expected(
      DatasetDirectory dataset,
      FairQuestions fair,
      List<GoldChoice> gold,
      List<Contestant> contestants) {
    List<Map<String, ModelAnswer>> kept =
        contestants.stream()
            .map(each -> ledger.answers().kept(each.model().name(), dataset.fingerprint()))
            .toList();
    return ExpectedPairs.of(
        gold,
        fair.questions(),
        kept.get(0),
        kept.subList(1, kept.size()),
        ConfiguredJudges.redaction(config));
  }

  /** Returns the consent with a cap in place of the configured one. */
  private static Consent capped(Consent consent, @Nullable BigDecimal cap) {
    return cap == null ? consent : new Consent(consent.fresh(), cap, consent.yes());
  }

  private List<String> notes(Selection selected, FairQuestions fair, ConversationReport report) {
    List<String> notes = new ArrayList<>(selected.notes());
    notes.addAll(fair.notes(config.evaluation().minimumExamples()));
    notes.addAll(ConversationNotes.of(report));
    return notes;
  }
}
