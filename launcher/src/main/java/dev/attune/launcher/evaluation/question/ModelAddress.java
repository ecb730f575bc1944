package dev.attune.launcher.evaluation.question;

import dev.attune.launcher.dataset.DatasetDirectory;
import org.jspecify.annotations.Nullable;

/** The location of a model. */
public sealed interface ModelAddress {
  /** Returns {@code vertex} or {@code local}. */
  String backEnd();

  /** Returns the name of the base model in the table of base models. */
  String baseModel();

  /**
   * A tuned model.
   *
   * @param baseModel the model that it was tuned from
   * @param endpoint in the back end's form; null if the model has none
   */
  record Tuned(String backEnd, String baseModel, @Nullable String endpoint)
      implements ModelAddress {}

  /**
   * A base model.
   *
   * @param location region of tuning
   * @param dataset dataset of the tuning job; the local back end has no base models and answers
   *     with the most frequent category of its train.jsonl instead
   */
  record Base(String backEnd, String baseModel, String location, DatasetDirectory dataset)
      implements ModelAddress {}
}
