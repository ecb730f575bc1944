package dev.attune.launcher.evaluation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a model is to be found. */
public sealed interface ModelAddress {
  /** {@code vertex} or {@code local}. */
  String backEnd();

  /**
   * A model that was tuned.
   *
   * @param job the back end's name of the tuning job
   * @param model the back end's name of the model
   * @param endpoint where it answers; null where the back end has none
   */
  record Tuned(String backEnd, String job, String model, @Nullable String endpoint)
      implements ModelAddress {}

  /**
   * A model as it was before it was tuned.
   *
   * @param baseModel the back end's name of it
   * @param location of the job that tuned it
   * @param training train.jsonl of the dataset that it was tuned on: a back end without base models
   *     answers the most frequent category of it
   */
  record Base(String backEnd, String baseModel, String location, Path training)
      implements ModelAddress {}
}
