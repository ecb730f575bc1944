package dev.attune.launcher.evaluation.fair;

import static dev.attune.page.FigureText.count;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The validation examples that no compared model was tuned on, and the reasons to leave out others.
 *
 * @param questions in the order of valid.jsonl
 * @param all number of validation examples
 * @param seen models that were tuned on some of them
 * @param uncertain sentences about models whose training examples are not fully known
 */
public record FairQuestions(
    List<Question> questions, int all, List<Seen> seen, List<String> uncertain) {
  public FairQuestions {
    questions = List.copyOf(questions);
    seen = List.copyOf(seen);
    uncertain = List.copyOf(uncertain);
  }

  /**
   * Selects the fair questions of a dataset. Reads the datasets that the models were tuned on,
   * unless they share the split of this one.
   *
   * @param questions all validation examples in the order of valid.jsonl
   * @param models the compared models that were tuned
   * @param datasets the directories of datasets in the ledger
   */
  public static FairQuestions select(
      DatasetDirectory dataset,
      List<Question> questions,
      List<ComparedModel> models,
      Datasets datasets,
      Shell shell)
      throws IOException {
    return new TrainingOverlap(dataset, questions, datasets, shell).fairFor(models);
  }

  /**
   * A model that was tuned on some of the examples.
   *
   * @param examples number of these examples; at least one
   */
  public record Seen(ComparedModel model, int examples) {}

  /** Returns the number of examples that are left out. */
  public int unfair() {
    return all - questions.size();
  }

  /**
   * Requires at least one question.
   *
   * @throws CommandFailure if no example is left
   */
  public void requireSome(Place dataset, Shell shell) throws CommandFailure {
    if (questions.isEmpty()) {
      throw new CommandFailure(
          FailureCode.DATASET,
          Messages.of("launcher.evaluation.none-fair", shell.show(dataset), count(all), reasons()));
    }
  }

  /**
   * Returns sentences for the reader of the figures.
   *
   * @param minimum minimum number of examples for the gate
   */
  public List<String> notes(int minimum) {
    List<String> notes = new ArrayList<>();
    if (unfair() > 0) {
      notes.add(
          questions.size() < minimum
              ? Messages.of(
                  "launcher.evaluation.few-fair",
                  questions.size() == 1
                      ? "1 example is"
                      : count(questions.size()) + " examples are",
                  count(minimum),
                  count(all),
                  reasons())
              : Messages.of("launcher.evaluation.some-unfair", count(all), reasons()));
    }
    notes.addAll(uncertain);
    return notes;
  }

  /** Returns e.g. {@code 380 were used to tune the champion X and 2 ... the model Y}. */
  private String reasons() {
    return seen.stream()
        .map(
            one ->
                count(one.examples())
                    + (one.examples() == 1 ? " was" : " were")
                    + " used to tune "
                    + one.model().title())
        .collect(Collectors.joining(" and "));
  }
}
