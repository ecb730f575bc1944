package dev.attune.launcher.tuning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tuning job as its back end reports it.
 *
 * @param name the back end's name of the job
 * @param state the state of the job
 * @param model the back end's name of the tuned model, or null while there is none
 * @param endpoint the endpoint of the tuned model, or null while there is none
 * @param fault why the job failed, in the back end's words, or null
 * @param usage what the back end used of the dataset, or null while it is unknown
 */
public record BackEndJob(
    String name,
    TuningJobState state,
    @Nullable String model,
    @Nullable String endpoint,
    @Nullable String fault,
    @Nullable Usage usage) {

  /**
   * What a back end used of a dataset.
   *
   * @param examples the number of training examples
   * @param dropped the number of examples that were dropped or cut
   * @param droppedExamples 1-based lines of some of them
   * @param reasons why they were dropped, in the back end's words
   * @param billableTokens billed tokens of the dataset, before epochs; or null
   */
  public record Usage(
      long examples,
      long dropped,
      List<Long> droppedExamples,
      List<String> reasons,
      @Nullable Long billableTokens) {
    public Usage {
      droppedExamples = List.copyOf(droppedExamples);
      reasons = List.copyOf(reasons);
    }
  }
}
