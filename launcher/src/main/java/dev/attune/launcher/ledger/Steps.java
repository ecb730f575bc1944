package dev.attune.launcher.ledger;

import java.util.Optional;

/** What {@code attune run} has done for which input, so that it is not done again. */
public final class Steps {
  private final Book book;

  Steps(Book book) {
    this.book = book;
  }

  /**
   * What came of a step.
   *
   * @param input hash of all that the step depends on
   * @param step its name, at most 20 characters
   * @return as it was entered, or nothing where it was not done
   */
  public Optional<String> outcome(String input, String step) {
    return book.in(
        handle ->
            handle
                .select("select outcome from steps where input = ? and step = ?", input, step)
                .mapTo(String.class)
                .findFirst());
  }

  /** Enters what came of a step; a later outcome for the same input replaces it. */
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
