package dev.attune.launcher.ledger;

import java.util.Optional;

/** The steps that {@code attune run} has done for an input, so that they are not repeated. */
public final class CompletedSteps {
  private final LedgerDatabase book;

  CompletedSteps(LedgerDatabase book) {
    this.book = book;
  }

  /**
   * Returns the outcome of a step.
   *
   * @param input the hash of everything that the step depends on
   * @param step the name of the step, at most 20 characters
   * @return the outcome, or empty if the step was not done
   */
  public Optional<String> outcome(String input, String step) {
    return book.in(
        handle ->
            handle
                .select("select outcome from steps where input = ? and step = ?", input, step)
                .mapTo(String.class)
                .findFirst());
  }

  /** Enters the outcome of a step; it replaces an earlier outcome for the same input. */
  public void enter(String input, String step, String outcome) {
    Stamp stamp = book.stamp();
    book.enter(
        handle -> {
          handle.execute("delete from steps where input = ? and step = ?", input, step);
          handle.execute(
              "insert into steps values (?, ?, ?, ?, ?)",
              input,
              step,
              outcome,
              stamp.at(),
              stamp.by());
        });
  }
}
