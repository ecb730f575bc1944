package dev.attune.launcher.evaluation;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.ContestantRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate.
 *
 * @param model id of a job or its beginning, {@code base} or {@code champion}
 * @param dataset dataset whose validation examples are used
 * @param against {@link ContestantRole#BASE}, {@link ContestantRole#CHAMPION}, both or none; a
 *     model that does not exist is left out with a note
 * @param maxCostUsd cost cap in US dollars; null for {@code tuning.maxCostUsd}
 */
public record EvaluationOrder(
    String model,
    DatasetDirectory dataset,
    Set<ContestantRole> against,
    @Nullable Double maxCostUsd) {
  public EvaluationOrder {
    against = Set.copyOf(against);
  }

  /** Creates an order with the cost cap of the configuration. */
  public EvaluationOrder(String model, DatasetDirectory dataset, Set<ContestantRole> against) {
    this(model, dataset, against, null);
  }
}
