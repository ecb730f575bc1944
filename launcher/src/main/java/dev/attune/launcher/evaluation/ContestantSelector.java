package dev.attune.launcher.evaluation;

import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.fair.ComparedModel;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Base;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.message.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Selects the models of an evaluation from the ledger; opens none of them. */
public final class ContestantSelector {
  private static final String LOCAL = "local";

  private final AttuneConfig config;
  private final Ledger ledger;
  private final Shell shell;
  private final EvaluationOrder order;
  private final List<Candidate> rivals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public ContestantSelector(
      AttuneConfig config, Ledger ledger, Shell shell, EvaluationOrder order) {
    this.config = config;
    this.ledger = ledger;
    this.shell = shell;
    this.order = order;
  }

  /**
   * A selected model.
   *
   * @param id id of its job, or the name of a base model
   * @param tunedOn fingerprint of the dataset that it was tuned on; null for a base model
   */
  public record Candidate(
      ContestantRole role, String id, ModelAddress address, @Nullable String tunedOn) {}

  /**
   * The models of an evaluation, the evaluated one and those that it is compared with.
   *
   * @param notes sentences about models that are left out
   */
  public record Selection(Candidate model, List<Candidate> rivals, List<String> notes) {
    /** Returns the tuned models among them. */
    public List<ComparedModel> tuned() {
      List<ComparedModel> tuned = new ArrayList<>();
      for (Candidate each : Stream.concat(Stream.of(model), rivals.stream()).toList()) {
        if (each.tunedOn() != null) {
          tuned.add(new ComparedModel(each.role().named(each.id()), each.tunedOn()));
        }
      }
      return tuned;
    }
  }

  /**
   * Selects the models of the order.
   *
   * @throws CommandFailure if no model or several models match
   */
  public Selection select() throws CommandFailure, IOException {
    String typed = order.model();
    String dataset = order.dataset().manifest().identity().dataset();
    String champion = ledger.promotions().champion(dataset).orElse(null);
    if (typed.equals(ContestantRole.BASE.key())) {
      Candidate model =
          new Candidate(ContestantRole.MODEL, configuredBase(), configuredBaseAddress(), null);
      addChampion(champion, dataset, null);
      return new Selection(model, rivals, notes);
    }
    Job job = new ModelLookup(ledger, dataset).find(typed);
    if (order.against().contains(ContestantRole.BASE)) {
      String name = job.spec().baseModel();
      rivals.add(new Candidate(ContestantRole.BASE, name, base(job), null));
    }
    addChampion(champion, dataset, job);
    return new Selection(tuned(ContestantRole.MODEL, job), rivals, notes);
  }

  private void addChampion(@Nullable String champion, String dataset, @Nullable Job model)
      throws CommandFailure {
    if (!order.against().contains(ContestantRole.CHAMPION)) {
      return;
    }
    if (champion == null) {
      notes.add(Messages.of("launcher.evaluation.no-champion", dataset));
    } else if (model != null && champion.equals(model.id())) {
      notes.add(Messages.of("launcher.evaluation.is-champion"));
    } else {
      Job job = ledger.jobs().get(champion);
      rivals.add(tuned(ContestantRole.CHAMPION, job));
    }
  }

  private static Candidate tuned(ContestantRole role, Job job) {
    BackEndJob known = job.known();
    String endpoint = known == null ? null : known.endpoint();
    TuningSpec spec = job.spec();
    return new Candidate(
        role, job.id(), new Tuned(spec.backEnd(), spec.baseModel(), endpoint), spec.dataset());
  }

  private Base base(Job job) throws CommandFailure, IOException {
    return new Base(
        job.spec().backEnd(), job.spec().baseModel(), job.spec().location(), tunedOn(job));
  }

  /** Returns the dataset of a job; the evaluated one if the ledger does not know it. */
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
      return TuningConfig.LOCAL_BASE_MODEL;
    }
    String name = tuning.baseModel();
    if (name == null) {
      throw refusal(Messages.of("launcher.evaluation.no-base-model"));
    }
    return name;
  }

  private Base configuredBaseAddress() throws CommandFailure {
    TuningConfig tuning = config.tuning();
    String backEnd = tuning.backEnd().name().toLowerCase(Locale.ROOT);
    String location = tuning.backEnd() == BackEnd.LOCAL ? LOCAL : tuning.place().location();
    if (location == null) {
      throw refusal(Messages.of("launcher.evaluation.no-location"));
    }
    return new Base(backEnd, configuredBase(), location, order.dataset());
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.MODEL, sentence);
  }
}
