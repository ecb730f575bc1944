package dev.attune.launcher.evaluation.conversation;

import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Answered;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Bench;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Compared;
import dev.attune.launcher.evaluation.conversation.ConversationReport.Judge;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.evaluation.question.AnswerCollector;
import dev.attune.launcher.evaluation.question.AnswerStore;
import dev.attune.launcher.evaluation.question.Contestant;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.judge.AnswerPair;
import dev.attune.launcher.judge.ConfiguredJudges;
import dev.attune.launcher.judge.GoldAgreement;
import dev.attune.launcher.judge.GoldChoice;
import dev.attune.launcher.judge.JudgeHabits;
import dev.attune.launcher.judge.JudgeQueue;
import dev.attune.launcher.judge.JudgeSeat;
import dev.attune.launcher.judge.PairJudge;
import dev.attune.launcher.judge.PairJudgement;
import dev.attune.launcher.judge.RivalPairs;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.PlannedRequests;
import dev.attune.models.ModelRequest;
import dev.attune.schema.DatasetManifest.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Collects the answers of the compared models and the verdicts of the judges on them. */
final class JudgedAnswers {
  private static final String SPLIT = "validation";
  private static final ModelAnswer NONE = ModelAnswer.of("");

  private final Shell shell;
  private final AnswerStore store;
  private final AnswerCollector collector;
  private final ConfiguredJudges judges;
  private final ModelSession session;
  private final List<GoldChoice> gold;
  private final UnaryOperator<String> redacted;

  JudgedAnswers(
      AttuneConfig config,
      Shell shell,
      RetryLimits retries,
      AnswerStore store,
      ConfiguredJudges judges,
      Judging judging) {
    this.shell = shell;
    this.store = store;
    this.collector = new AnswerCollector(config.evaluation(), retries, shell);
    this.judges = judges;
    this.session = judging.session();
    this.gold = judging.gold();
    this.redacted = ConfiguredJudges.redaction(config);
  }

  /**
   * What judging needs.
   *
   * @param session opens the judges
   * @param gold people's choices
   */
  record Judging(ModelSession session, List<GoldChoice> gold) {}

  /**
   * Asks the models, then the judges. The same answers and verdicts give the same report.
   *
   * @param contestants the evaluated model, then its rivals
   * @throws CommandFailure if a model or judge cannot be asked, or the user does not consent to the
   *     cost of judging
   */
  ConversationReport report(
      DatasetDirectory dataset, FairQuestions fair, List<Contestant> contestants)
      throws CommandFailure, IOException, InterruptedException {
    List<JudgeSeat> seats = seats(); // a judge that cannot be asked ends it before models are paid
    List<Map<String, ModelAnswer>> answers = new ArrayList<>();
    List<String> next = new ArrayList<>(contestants.stream().map(Contestant::title).toList());
    for (Contestant contestant : contestants) {
      next.remove(0);
      answers.add(
          collector.collect(contestant, dataset.fingerprint(), fair.questions(), store, next));
    }
    List<RivalPairs> rivals = new ArrayList<>();
    for (int i = 1; i < contestants.size(); i++) {
      rivals.add(RivalPairs.of(fair.questions(), answers.get(0), answers.get(i), redacted));
    }
    session.agree(planned(seats, rivals));
    List<Judge> bench = bench(seats);
    List<JudgeSeat> used = new ArrayList<>();
    for (int i = 0; i < seats.size(); i++) {
      if (bench.get(i).isUsed()) {
        used.add(seats.get(i));
      }
    }
    List<Compared> compared = new ArrayList<>();
    for (int i = 0; i < rivals.size(); i++) {
      Contestant rival = contestants.get(i + 1);
      compared.add(compare(used, rivals.get(i), rival, answered(fair, rival, answers.get(i + 1))));
    }
    Identity identity = dataset.manifest().identity();
    return new ConversationReport(
        new Title(
            identity.dataset(),
            identity.runId(),
            identity.fingerprint(),
            SPLIT,
            fair.questions().size(),
            fair.unfair()),
        answered(fair, contestants.get(0), answers.get(0)),
        compared,
        new Bench(
            judges.rubric().name(),
            judges.rubric().sha256(),
            gold.size(),
            judges.minimumAgreement(),
            bench),
        List.of());
  }

  private List<JudgeSeat> seats() throws CommandFailure, IOException {
    List<JudgeSeat> seats = new ArrayList<>();
    for (ModelConfig model : judges.models()) {
      String key = model.name();
      String name = model.model();
      seats.add(
          new JudgeSeat(
              key,
              name == null ? key : name,
              ConfiguredJudges.family(model),
              new PairJudge(session.model(key), judges.rubric(), session.sampling(key)),
              session.parallelism(key)));
    }
    return seats;
  }

  private List<PlannedRequests> planned(List<JudgeSeat> seats, List<RivalPairs> rivals) {
    List<PlannedRequests> planned = new ArrayList<>();
    for (JudgeSeat seat : seats) {
      List<ModelRequest> requests = new ArrayList<>();
      gold.forEach(choice -> requests.addAll(seat.judge().requests(choice.pair())));
      for (RivalPairs rival : rivals) {
        rival.pairs().forEach(pair -> requests.addAll(seat.judge().requests(pair)));
      }
      planned.add(new PlannedRequests(seat.key(), requests));
    }
    return planned;
  }

  /** Compares the judges with people; those below the least agreement are left out. */
  private List<Judge> bench(List<JudgeSeat> seats) throws CommandFailure, InterruptedException {
    List<AnswerPair> pairs = gold.stream().map(GoldChoice::pair).toList();
    List<Judge> bench = new ArrayList<>();
    for (JudgeSeat seat : seats) {
      GoldAgreement agreement =
          gold.isEmpty() ? null : GoldAgreement.of(gold, judge(seat, pairs, "people's choices"));
      boolean isUsed = agreement == null || agreement.value() >= judges.minimumAgreement();
      bench.add(new Judge(seat.key(), seat.model(), seat.family(), agreement, isUsed));
    }
    return bench;
  }

  private Compared compare(
      List<JudgeSeat> used, RivalPairs rival, Contestant contestant, Answered answered)
      throws CommandFailure, InterruptedException {
    List<List<PairJudgement>> judgements = new ArrayList<>();
    List<JudgeHabits> habits = new ArrayList<>();
    for (JudgeSeat seat : used) {
      List<PairJudgement> judged =
          judge(seat, rival.pairs(), "the model and the " + contestant.role().key());
      judgements.add(judged);
      habits.add(JudgeHabits.of(rival.pairs(), judged));
    }
    return new Compared(
        answered,
        rival.pairs().size(),
        rival.equal(),
        rival.unanswered(),
        used.isEmpty() ? null : rival.panel(used, judgements),
        habits);
  }

  private List<PairJudgement> judge(JudgeSeat seat, List<AnswerPair> pairs, String what)
      throws CommandFailure, InterruptedException {
    if (pairs.isEmpty()) {
      return List.of();
    }
    String doing = "Judge " + seat.key() + " compares " + what;
    try (Progress step = Progress.start(shell, doing, Amount.of(pairs.size(), "pairs"))) {
      step.accept(0);
      return JudgeQueue.judge(seat, pairs, step::accept);
    }
  }

  private static Answered answered(
      FairQuestions fair, Contestant contestant, Map<String, ModelAnswer> answers) {
    Map<String, Integer> failed = new HashMap<>();
    int unanswered = 0;
    for (Question question : fair.questions()) {
      ModelAnswer answer = answers.getOrDefault(question.fingerprint(), NONE);
      unanswered += answer.text().isBlank() ? 1 : 0;
      if (answer.isFailed()) {
        failed.merge(Objects.requireNonNull(answer.failure()), 1, Integer::sum);
      }
    }
    return new Answered(
        contestant.role(), contestant.id(), contestant.model().name(), failed, unanswered);
  }
}
