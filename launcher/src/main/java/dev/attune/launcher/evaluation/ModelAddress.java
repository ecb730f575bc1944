package dev.attune.launcher.evaluation;

import dev.attune.launcher.dataset.DatasetDirectory;
import org.jspecify.annotations.Nullable;

/** Where a model is to be found. */
public sealed interface ModelAddress {
  /** {@code vertex} or {@code local}. */
  String backEnd();

  /** What people and prices call the base model. */
  String baseModel();

  /**
   * A model that was tuned.
   *
   * @param baseModel what it was tuned from
   * @param endpoint where it answers, in the back end's form; null where it does not
   */
  record Tuned(String backEnd, String baseModel, @Nullable String endpoint)
      implements ModelAddress {}

  /**
   * A model as it was before it was tuned.
   *
   * @param location where it is asked, or was tuned
   * @param dataset that it was tuned on: a back end without base models answers the most frequent
   *     category of its train.jsonl
   */
  record Base(String backEnd, String baseModel, String location, DatasetDirectory dataset)
      implements ModelAddress {}
}
