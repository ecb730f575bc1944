package dev.attune.launcher.evaluation.cost;

import static dev.attune.page.FigureText.count;

import dev.attune.catalog.BaseModel;
import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.BaseModels;
import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.fair.ComparedModel;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Base;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.judge.ConfiguredJudges;
import dev.attune.launcher.judge.GoldChoice;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.message.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the evaluation of a model before it is tuned: the questions to the model, its base and
 * the champion, and their cost. Asks no model. Reads the validation examples of the dataset, and
 * the champion's dataset if its split differs. Creates no ledger.
 */
public final class EvaluationForecaster {
  private static final String LOCAL = "local";

  private static final String NOT_TUNED_YET = "to be tuned";

  private final AttuneConfig config;
  private final ModelOpener models;
  private final Shell shell;
  private final Function<Ledger, KeptVerdicts> verdicts;
  private final @Nullable Ledger open;

  /**
   * Creates a forecaster.
   *
   * @param models opens models to get their names, under which answers are kept; none is asked
   * @param verdicts finds the kept verdicts of a ledger
   * @param ledger an open ledger, which it does not close; null to open that of the configuration
   *     if it exists
   */
  public EvaluationForecaster(
      AttuneConfig config,
      ModelOpener models,
      Shell shell,
      Function<Ledger, KeptVerdicts> verdicts,
      @Nullable Ledger ledger) {
    this.config = config;
    this.models = models;
    this.shell = shell;
    this.verdicts = verdicts;
    this.open = ledger;
  }

  /**
   * Returns the forecast for a model that is to be tuned.
   *
   * @param dataset dataset of both tuning and evaluation
   * @throws CommandFailure if the file of base models cannot be read
   */
  public EvaluationForecast beforeTuning(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    BaseModels prices = ConfigFile.baseModels(config);
    long validation = dataset.manifest().validationExamples();
    List<Question> questions;
    ConfiguredJudges judges = null;
    List<GoldChoice> gold = List.of();
    try {
      if (Questions.needJudges(dataset)) {
        judges = ConfiguredJudges.of(config, shell);
        questions = Questions.ofAnyTask(dataset, shell);
        gold = judges.choices(Question.examples(questions), ConfiguredJudges.redaction(config));
      } else {
        questions = Questions.read(dataset, shell);
      }
    } catch (CommandFailure e) {
      List<String> few = validation == 0 ? fewExamples(0) : List.of();
      return EvaluationForecast.refused(validation, few, String.valueOf(e.getMessage()));
    }
    List<String> notes = new ArrayList<>(fewExamples(questions.size()));
    if (open != null) {
      return new Forecast(dataset, tuning, prices, gold, open).of(questions, judges, notes);
    }
    try (Ledger existing = existingLedger(notes)) {
      return new Forecast(dataset, tuning, prices, gold, existing).of(questions, judges, notes);
    }
  }

  /** Returns a warning if the gate will refuse the model because of too few examples. */
  private List<String> fewExamples(int questions) {
    int minimum = config.evaluation().minimumExamples();
    return questions >= minimum
        ? List.of()
        : List.of(
            Messages.of(
                "launcher.evaluation.too-few-for-the-gate",
                questions == 0 ? "no validation example" : count(questions, "validation example"),
                count(minimum)));
  }

  private @Nullable Ledger existingLedger(List<String> notes) {
    try {
      return Ledger.openExisting(config, shell).orElse(null);
    } catch (CommandFailure e) {
      notes.add(Messages.of("launcher.evaluation.no-ledger", String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** Makes one forecast. */
  private final class Forecast {
    private final DatasetDirectory dataset;
    private final TuningConfig tuning;
    private final BaseModels prices;
    private final List<GoldChoice> gold;
    private final @Nullable Ledger ledger;

    Forecast(
        DatasetDirectory dataset,
        TuningConfig tuning,
        BaseModels prices,
        List<GoldChoice> gold,
        @Nullable Ledger ledger) {
      this.dataset = dataset;
      this.tuning = tuning;
      this.prices = prices;
      this.gold = gold;
      this.ledger = ledger;
    }

    EvaluationForecast of(List<Question> all, @Nullable ConfiguredJudges judges, List<String> notes)
        throws CommandFailure, IOException {
      Job champion = champion();
      FairQuestions fair = fair(all, champion);
      notes.addAll(fair.notes(config.evaluation().minimumExamples()));
      try {
        fair.requireSome(dataset.path(), shell);
      } catch (CommandFailure e) {
        return EvaluationForecast.refused(all.size(), notes, String.valueOf(e.getMessage()));
      }
      List<Question> questions = fair.questions();
      List<ContestantCost> costs = new ArrayList<>();
      boolean hosted = tuning.backEnd() != BackEnd.LOCAL;
      String base = baseModel();
      costs.add(cost(ContestantRole.MODEL, NOT_TUNED_YET, hosted, questions, base));
      costs.add(
          cost(
              ContestantRole.BASE,
              base,
              hosted,
              hosted ? open(questions, base()) : questions,
              base));
      if (champion != null) {
        costs.add(champion(champion, questions));
      }
      if (judges != null) {
        costs.addAll(judging(judges, questions, costs.size() - 1));
      }
      return new EvaluationForecast(
          all.size(), questions.size(), new EvaluationCost(costs), notes, null);
    }

    /** The model is not tuned yet, so that only verdicts on people's choices can be kept. */
    private List<ContestantCost> judging(ConfiguredJudges judges, List<Question> fair, int rivals)
        throws CommandFailure, IOException {
      ExpectedPairs pairs =
          ExpectedPairs.of(
              gold,
              fair,
              Map.of(),
              Collections.nCopies(rivals, Map.of()),
              ConfiguredJudges.redaction(config));
      return JudgingCosts.of(
          judges, pairs, ledger == null ? KeptVerdicts.NONE : verdicts.apply(ledger));
    }

    private ContestantCost cost(
        ContestantRole role,
        String id,
        boolean hosted,
        List<Question> questions,
        String baseModel) {
      AskingPrice price = prices.find(baseModel).map(BaseModel::askingPrice).orElse(null);
      return ContestantCost.of(role, id, hosted, role != ContestantRole.BASE, questions, price);
    }

    private @Nullable Job champion() {
      if (ledger == null) {
        return null;
      }
      return ledger
          .promotions()
          .champion(dataset.manifest().identity().dataset())
          .map(ledger.jobs()::get)
          .orElse(null);
    }

    private FairQuestions fair(List<Question> all, @Nullable Job champion) throws IOException {
      if (ledger == null || champion == null) {
        return new FairQuestions(all, all.size(), List.of(), List.of());
      }
      ComparedModel tuned =
          new ComparedModel(
              ContestantRole.CHAMPION.named(champion.id()), champion.spec().dataset());
      return FairQuestions.select(dataset, all, List.of(tuned), ledger.datasets(), shell);
    }

    private ContestantCost champion(Job champion, List<Question> questions) {
      BackEndJob known = champion.known();
      String backEnd = champion.spec().backEnd();
      String baseModel = champion.spec().baseModel();
      boolean hosted = !backEnd.equals(LOCAL);
      Tuned address = new Tuned(backEnd, baseModel, known == null ? null : known.endpoint());
      return cost(
          ContestantRole.CHAMPION,
          champion.id(),
          hosted,
          hosted ? open(questions, address) : questions,
          baseModel);
    }

    private String baseModel() {
      String named =
          tuning.backEnd() == BackEnd.LOCAL ? TuningConfig.LOCAL_BASE_MODEL : tuning.baseModel();
      return String.valueOf(named);
    }

    private @Nullable ModelAddress base() {
      String location = tuning.place().location();
      return location == null
          ? null
          : new Base(
              tuning.backEnd().name().toLowerCase(Locale.ROOT), baseModel(), location, dataset);
    }

    /** Returns the questions without a kept answer; all if the model cannot be opened. */
    private List<Question> open(List<Question> questions, @Nullable ModelAddress address) {
      if (address == null || ledger == null) {
        return questions;
      }
      try (AnsweringModel model = models.open(address)) {
        Set<String> answered = ledger.answers().kept(model.name(), dataset.fingerprint()).keySet();
        return Question.without(questions, answered);
      } catch (AskException | CommandFailure | IOException e) {
        return questions;
      }
    }
  }
}
