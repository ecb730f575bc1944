package dev.attune.launcher.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The evaluations of models. */
public final class Evaluations {
  private final LedgerDatabase book;

  Evaluations(LedgerDatabase book) {
    this.book = book;
  }

  /**
   * One evaluation.
   *
   * @param id the id of the evaluation
   * @param model the model's name in the ledger
   * @param dataset the fingerprint of the dataset
   * @param split the split whose examples were the questions
   * @param figures the JSON document of the evaluation
   * @param report the path of the page
   * @param stamp when and by whom it was entered
   */
  public record Entry(
      String id,
      String model,
      String dataset,
      String split,
      String figures,
      String report,
      Stamp stamp) {}

  /** Enters an evaluation under a new id. */
  public Entry enter(String model, String dataset, String split, String figures, String report) {
    Entry entry =
        new Entry(
            UUID.randomUUID().toString(), model, dataset, split, figures, report, book.stamp());
    book.in(
        handle -> {
          // After a broken connection the row may exist already.
          handle.execute("delete from evaluations where id = ?", entry.id());
          return handle
              .createUpdate(
                  "insert into evaluations values (:id, :model, :dataset, :split, :figures,"
                      + " :report, :stamp.at, :stamp.by)")
              .bindMethods(entry)
              .execute();
        });
    return entry;
  }

  /** Returns the last evaluation of a model on a dataset. */
  public Optional<Entry> latest(String model, String dataset, String split) {
    return of(model).stream()
        .filter(entry -> entry.dataset().equals(dataset) && entry.split().equals(split))
        .findFirst();
  }

  /** Returns the last evaluation of a model on any dataset. */
  public Optional<Entry> latest(String model) {
    return of(model).stream().findFirst();
  }

  /** Returns all evaluations of a model, the last first. */
  public List<Entry> of(String model) {
    return book.in(
        handle ->
            handle
                .select(
                    "select * from evaluations where model = ? order by entered_at desc, id", model)
                .map(Evaluations::entry)
                .list());
  }

  private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
    return new Entry(
        row.getString("id"),
        row.getString("model"),
        row.getString("dataset"),
        row.getString("split"),
        row.getString("figures"),
        row.getString("report"),
        stamp(row));
  }

  static Stamp stamp(ResultSet row) throws SQLException {
    Instant at = row.getTimestamp("entered_at").toInstant();
    return new Stamp(at, row.getString("entered_by"));
  }
}
