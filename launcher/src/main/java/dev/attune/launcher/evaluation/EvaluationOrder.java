package dev.attune.launcher.evaluation;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.Standing;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be evaluated.
 *
 * @param model a job's id or the beginning of one, {@code base} or {@code champion}
 * @param dataset on whose examples
 * @param split on which of them
 * @param against {@link Standing#BASE}, {@link Standing#CHAMPION}, both or none; who is not there
 *     is left out, and a note says so
 * @param maxCostUsd what asking may cost in US dollars, instead of {@code tuning.maxCostUsd}; null:
 *     as the configuration says
 */
public record EvaluationOrder(
    String model,
    DatasetDirectory dataset,
    Split split,
    Set<Standing> against,
    @Nullable Double maxCostUsd) {
  public EvaluationOrder {
    against = Set.copyOf(against);
  }

  /** Under the cost cap of the configuration. */
  public EvaluationOrder(
      String model, DatasetDirectory dataset, Split split, Set<Standing> against) {
    this(model, dataset, split, against, null);
  }
}
