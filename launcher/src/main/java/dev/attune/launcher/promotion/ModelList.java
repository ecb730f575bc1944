package dev.attune.launcher.promotion;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.promotion.ListedModel.Use;
import dev.attune.launcher.promotion.PromotionResult.EnvFileState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models of a dataset.
 *
 * @param dataset the name of the dataset
 * @param models the models, the newest first
 * @param champion the id of the model in use, or null
 * @param championId the model id that the env file should have, or null
 * @param envFile the state of the env file
 * @param modelsOfOtherDatasets the number of models of other datasets in the ledger
 */
public record ModelList(
    String dataset,
    List<ListedModel> models,
    @Nullable String champion,
    @Nullable String championId,
    EnvFileState envFile,
    int modelsOfOtherDatasets) {
  public ModelList {
    models = List.copyOf(models);
  }

  /** Returns the models of a configuration's dataset. */
  public static ModelList of(Ledger ledger, AttuneConfig config, Shell shell)
      throws CommandFailure, IOException {
    String dataset = config.dataset().dataset();
    PromotionHistory history = new PromotionHistory(ledger.promotions().of(dataset));
    Map<String, Datasets.@Nullable Entry> datasets = new HashMap<>();
    List<ListedModel> models = new ArrayList<>();
    String championId = null;
    int modelsOfOtherDatasets = 0;
    for (Job job : ledger.jobs().all()) {
      if (!job.state().hasModel()) {
        continue;
      }
      String fingerprint = job.spec().dataset();
      if (!datasets.containsKey(fingerprint)) {
        datasets.put(fingerprint, ledger.datasets().first(fingerprint).orElse(null));
      }
      Datasets.Entry tunedOn = datasets.get(fingerprint);
      if (tunedOn == null || !tunedOn.name().equals(dataset)) {
        modelsOfOtherDatasets++;
        continue;
      }
      models.add(listed(job, tunedOn, history, ledger));
      if (job.id().equals(history.champion())) {
        championId = ModelId.find(job).orElse(null);
      }
    }
    EnvFile envFile = EnvFile.at(config.envFile(), shell);
    EnvFileState said = new EnvFileState(envFile.shown(), envFile.modelId().orElse(null), false);
    return new ModelList(
        dataset, models, history.champion(), championId, said, modelsOfOtherDatasets);
  }

  /** Returns whether the env file names another model than the ledger, after a killed promotion. */
  public boolean isEnvFileBehind() {
    return championId != null && !championId.equals(envFile.modelId());
  }

  private static ListedModel listed(
      Job job, Datasets.Entry dataset, PromotionHistory history, Ledger ledger) {
    Evaluations.Entry evaluation = ledger.evaluations().latest(job.id()).orElse(null);
    Evidence evidence = evaluation == null ? null : GateCheck.read(evaluation).orElse(null);
    List<Promotions.Entry> decisions = history.of(job.id());
    Use use = use(job.id(), history, evaluation);
    return new ListedModel(
        job,
        tunedAt(job, ledger),
        dataset,
        use,
        evaluation,
        evidence,
        decisions,
        history.forced(job.id()));
  }

  /** Returns when the job ended; if that is unknown, when it was requested. */
  private static Instant tunedAt(Job job, Ledger ledger) {
    return ledger.jobs().changes(job.id()).stream()
        .filter(change -> change.state().hasModel())
        .map(change -> change.stamp().at())
        .findFirst()
        .orElse(job.stamp().at());
  }

  private static Use use(
      String model, PromotionHistory history, Evaluations.@Nullable Entry evaluation) {
    if (model.equals(history.champion())) {
      return Use.CHAMPION;
    }
    if (history.declined(model) != null) {
      return Use.DECLINED;
    }
    List<Promotions.Entry> decisions = history.of(model);
    if (!decisions.isEmpty()) {
      Promotions.Entry last = decisions.get(decisions.size() - 1);
      if (!last.kind().isInUse()
          && evaluation != null
          && evaluation.id().equals(last.evaluation())) {
        return Use.REFUSED;
      }
      if (decisions.stream().anyMatch(entry -> entry.kind().isInUse())) {
        return Use.FORMER_CHAMPION;
      }
    }
    return evaluation == null ? Use.NOT_EVALUATED : Use.EVALUATED;
  }
}
