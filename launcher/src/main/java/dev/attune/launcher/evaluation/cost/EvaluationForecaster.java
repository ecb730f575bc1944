package dev.attune.launcher.evaluation.cost;

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
import dev.attune.launcher.evaluation.AnsweringModel;
import dev.attune.launcher.evaluation.AskException;
import dev.attune.launcher.evaluation.ModelAddress;
import dev.attune.launcher.evaluation.ModelAddress.Base;
import dev.attune.launcher.evaluation.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.ModelOpener;
import dev.attune.launcher.evaluation.Question;
import dev.attune.launcher.evaluation.Questions;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.fair.ComparedModel;
import dev.attune.launcher.evaluation.fair.FairQuestions;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what evaluating a model will ask and cost before the model is tuned: the model itself, its
 * base, and the champion that the ledger names. Asks nobody. Reads the dataset's validation
 * examples, and the champion's dataset where its split is another; makes no ledger where there is
 * none.
 */
public final class EvaluationForecaster {
  private static final String LOCAL = "local";

  /** What the model is called before it has a name. */
  private static final String NOT_TUNED_YET = "to be tuned";

  private final AttuneConfig config;
  private final ModelOpener models;
  private final Shell shell;
  private final @Nullable Ledger open;

  /**
   * An outlook with the ledger that the configuration names, if there is one that opens.
   *
   * @param models opens models for their names, under which kept answers are found; none is asked
   */
  public EvaluationForecaster(AttuneConfig config, ModelOpener models, Shell shell) {
    this(config, models, shell, null);
  }

  /** The same with a ledger that is open already; it stays open. */
  public EvaluationForecaster(
      AttuneConfig config, ModelOpener models, Shell shell, @Nullable Ledger ledger) {
    this.config = config;
    this.models = models;
    this.shell = shell;
    this.open = ledger;
  }

  /**
   * What the evaluation of a model will ask and cost.
   *
   * @param dataset that it will be tuned on, and evaluated on
   * @param tuning how it will be tuned
   * @throws CommandFailure if the file of base models cannot be read
   */
  public EvaluationForecast beforeTuning(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    BaseModels prices = ConfigFile.baseModels(config);
    long validation = dataset.manifest().validationExamples();
    List<Question> questions;
    try {
      questions = Questions.read(dataset, shell);
    } catch (CommandFailure e) {
      List<String> few = validation == 0 ? fewExamples(0) : List.of();
      return EvaluationForecast.refused(validation, few, String.valueOf(e.getMessage()));
    }
    List<String> notes = new ArrayList<>(fewExamples(questions.size()));
    if (open != null) {
      return new Forecast(dataset, tuning, prices, open).of(questions, notes);
    }
    try (LedgerView ledger = LedgerView.open(config, shell, notes)) {
      return new Forecast(dataset, tuning, prices, ledger.ledger()).of(questions, notes);
    }
  }

  /** That the gate will refuse, before anything is paid; a dataset's questions alone tell it. */
  private List<String> fewExamples(int questions) {
    int minimum = config.evaluation().minimumExamples();
    return questions >= minimum
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "The dataset has %s, and attune promote refuses a model that was evaluated on fewer"
                    + " than %,d (evaluation.minimumExamples).",
                questions == 0
                    ? "no validation example"
                    : questions == 1 ? "1 validation example" : questions + " validation examples",
                minimum));
  }

  /** The ledger where there is one that opens. */
  private record LedgerView(@Nullable Ledger ledger) implements AutoCloseable {
    static LedgerView open(AttuneConfig config, Shell shell, List<String> notes) {
      try {
        return new LedgerView(Ledger.openExisting(config, shell).orElse(null));
      } catch (CommandFailure e) {
        notes.add(
            "The cost does not include the evaluation of a champion, since the ledger cannot be"
                + " read: "
                + e.getMessage());
        return new LedgerView(null);
      }
    }

    @Override
    public void close() {
      if (ledger != null) {
        ledger.close();
      }
    }
  }

  /** One forecast. */
  private final class Forecast {
    private final DatasetDirectory dataset;
    private final TuningConfig tuning;
    private final BaseModels prices;
    private final @Nullable Ledger ledger;

    Forecast(
        DatasetDirectory dataset, TuningConfig tuning, BaseModels prices, @Nullable Ledger ledger) {
      this.dataset = dataset;
      this.tuning = tuning;
      this.prices = prices;
      this.ledger = ledger;
    }

    EvaluationForecast of(List<Question> all, List<String> notes) throws IOException {
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
      String baseModel = baseModel();
      boolean local = tuning.backEnd() == BackEnd.LOCAL;
      costs.add(
          local
              ? ContestantCost.here(ContestantRole.MODEL, NOT_TUNED_YET, true, questions)
              : ContestantCost.hosted(
                  ContestantRole.MODEL, NOT_TUNED_YET, true, questions, price(baseModel)));
      costs.add(
          local
              ? ContestantCost.here(ContestantRole.BASE, baseModel, false, questions)
              : ContestantCost.hosted(
                  ContestantRole.BASE,
                  baseModel,
                  false,
                  open(questions, base()),
                  price(baseModel)));
      if (champion != null) {
        costs.add(champion(champion, questions));
      }
      return new EvaluationForecast(
          all.size(), questions.size(), new EvaluationCost(costs), notes, null);
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
          new ComparedModel("the champion " + champion.id(), champion.spec().dataset());
      return FairQuestions.select(dataset, all, List.of(tuned), ledger.datasets(), shell);
    }

    private ContestantCost champion(Job champion, List<Question> questions) {
      BackEndJob known = champion.known();
      String backEnd = champion.spec().backEnd();
      String baseModel = champion.spec().baseModel();
      if (backEnd.equals(LOCAL)) {
        return ContestantCost.here(ContestantRole.CHAMPION, champion.id(), true, questions);
      }
      Tuned address = new Tuned(backEnd, baseModel, known == null ? null : known.endpoint());
      return ContestantCost.hosted(
          ContestantRole.CHAMPION, champion.id(), true, open(questions, address), price(baseModel));
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

    private @Nullable AskingPrice price(String baseModel) {
      return prices.find(baseModel).map(BaseModel::askingPrice).orElse(null);
    }

    /** The questions that a model has not answered; all of them where it cannot be opened. */
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
