package dev.attune.launcher.tuning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tuning job as its back end tells of it.
 *
 * @param name the back end's own name of it
 * @param state where it is
 * @param model the back end's name of the tuned model, or null while there is none
 * @param endpoint where the tuned model answers, or null while it does not
 * @param fault why it failed, in the back end's words, or null
 * @param usage what the back end says that it used, or null while it does not say
 */
public record BackEndJob(
    String name,
    TuningJobState state,
    @Nullable String model,
    @Nullable String endpoint,
    @Nullable String fault,
    @Nullable Usage usage) {

  /**
   * What a back end says that it used of a dataset.
   *
   * @param examples how many training examples
   * @param dropped how many of those sent were left out or cut
   * @param droppedExamples 1-based lines of some of them
   * @param reasons why, in the back end's words
   * @param billableTokens tokens of the dataset that are paid for, before epochs; or null
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
