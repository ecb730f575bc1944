package dev.attune.launcher.evaluation;

import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.ModelAddress.Base;
import dev.attune.launcher.evaluation.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.document.Standing;
import dev.attune.launcher.evaluation.fair.TunedModel;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelNames;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the models of an evaluation in the ledger. Opens none. */
final class Lineup {
  private static final String LOCAL_BASE = "linear-baseline";
  private static final String LOCAL = "local";

  private final AttuneConfig config;
  private final Ledger ledger;
  private final Shell shell;
  private final EvaluationOrder order;
  private final List<Entrant> rivals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Lineup(AttuneConfig config, Ledger ledger, Shell shell, EvaluationOrder order) {
    this.config = config;
    this.ledger = ledger;
    this.shell = shell;
    this.order = order;
  }

  /**
   * A model that is to take part.
   *
   * @param id what people call it
   * @param tunedOn fingerprint of the dataset that it was tuned on, or null: it is a base model
   */
  record Entrant(Standing standing, String id, ModelAddress address, @Nullable String tunedOn) {}

  /**
   * Who takes part.
   *
   * @param notes what a reader should know of the choice, a sentence each
   */
  record Chosen(Entrant model, List<Entrant> rivals, List<String> notes) {
    /** Those of them that were tuned. */
    List<TunedModel> tuned() {
      return Stream.concat(Stream.of(model), rivals.stream())
          .flatMap(
              entrant ->
                  Stream.ofNullable(entrant.tunedOn())
                      .map(
                          dataset ->
                              new TunedModel(
                                  "the " + entrant.standing().key() + " " + entrant.id(), dataset)))
          .toList();
    }
  }

  /**
   * Chooses.
   *
   * @throws CommandFailure if the model that is asked for is none, or could be several
   */
  Chosen choose() throws CommandFailure, IOException {
    String typed = order.model();
    String dataset = order.dataset().manifest().identity().dataset();
    String champion = ledger.promotions().champion(dataset).orElse(null);
    if (typed.equals(Standing.BASE.key())) {
      Entrant model = new Entrant(Standing.MODEL, configuredBase(), configuredBaseAddress(), null);
      addChampion(champion, dataset, null);
      return new Chosen(model, rivals, notes);
    }
    Job job = new ModelNames(ledger, dataset).find(typed);
    if (order.against().contains(Standing.BASE)) {
      String name = job.spec().baseModel();
      rivals.add(new Entrant(Standing.BASE, name, base(job), null));
    }
    addChampion(champion, dataset, job);
    return new Chosen(tuned(Standing.MODEL, job), rivals, notes);
  }

  private void addChampion(@Nullable String champion, String dataset, @Nullable Job model)
      throws CommandFailure {
    if (!order.against().contains(Standing.CHAMPION)) {
      return;
    }
    if (champion == null) {
      notes.add(
          "No model of " + dataset + " is in use yet, so there is no champion to compare with.");
    } else if (model != null && champion.equals(model.id())) {
      notes.add("The model is the champion itself.");
    } else {
      Job job = ledger.jobs().get(champion);
      rivals.add(tuned(Standing.CHAMPION, job));
    }
  }

  private static Entrant tuned(Standing standing, Job job) {
    BackEndJob known = job.known();
    String endpoint = known == null ? null : known.endpoint();
    TuningSpec spec = job.spec();
    return new Entrant(
        standing, job.id(), new Tuned(spec.backEnd(), spec.baseModel(), endpoint), spec.dataset());
  }

  private Base base(Job job) throws CommandFailure, IOException {
    return new Base(
        job.spec().backEnd(), job.spec().baseModel(), job.spec().location(), tunedOn(job));
  }

  /** Where the dataset that a job tuned on stands. */
  private DatasetDirectory tunedOn(Job job) throws CommandFailure, IOException {
    if (job.spec().dataset().equals(order.dataset().fingerprint())) {
      return order.dataset();
    }
    Datasets.Entry entry = ledger.datasets().find(job.spec().dataset()).orElse(null);
    return entry == null ? order.dataset() : DatasetDirectory.open(entry.directory(), shell);
  }

  private String configuredBase() throws CommandFailure {
    TuningConfig tuning = config.tuning();
    if (tuning.backEnd() == BackEnd.LOCAL) {
      return LOCAL_BASE;
    }
    String name = tuning.baseModel();
    if (name == null) {
      throw refusal("attune.yaml does not say which base model is meant: set tuning.baseModel.");
    }
    return name;
  }

  private Base configuredBaseAddress() throws CommandFailure {
    TuningConfig tuning = config.tuning();
    String backEnd = tuning.backEnd().name().toLowerCase(Locale.ROOT);
    String location = tuning.backEnd() == BackEnd.LOCAL ? LOCAL : tuning.place().location();
    if (location == null) {
      throw refusal("attune.yaml does not say where the base model is asked: set tuning.location.");
    }
    return new Base(backEnd, configuredBase(), location, order.dataset());
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.MODEL, sentence);
  }
}
