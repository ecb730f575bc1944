package dev.attune.launcher.ledger;

import java.util.HashMap;
import java.util.Map;

/** The answers of models to the examples of datasets, so that no answer is paid for twice. */
public final class Answers {
  private final LedgerDatabase book;

  Answers(LedgerDatabase book) {
    this.book = book;
  }

  /**
   * Returns the stored answers of a model by the fingerprint of the example.
   *
   * @param model the name of the model in the ledger
   * @param dataset the dataset's fingerprint
   */
  public Map<String, ModelAnswer> kept(String model, String dataset) {
    return book.in(
        handle -> {
          Map<String, ModelAnswer> answers = new HashMap<>();
          handle
              .select(
                  "select example, answer, failure from answers where model = ? and dataset = ?",
                  model,
                  dataset)
              .map(
                  (row, context) ->
                      Map.entry(
                          row.getString(1), new ModelAnswer(row.getString(2), row.getString(3))))
              .forEach(entry -> answers.put(entry.getKey(), entry.getValue()));
          return answers;
        });
  }

  /** Stores answers by the fingerprint of the example; an answer that is stored already stays. */
  public void keep(String model, String dataset, Map<String, ModelAnswer> answers) {
    Stamp stamp = book.stamp();
    book.enter(
        handle -> {
          answers.forEach(
              (example, answer) ->
                  handle.execute(
                      "insert into answers (model, dataset, example, answer, failure, entered_at,"
                          + " entered_by) select ?, ?, ?, ?, cast(? as varchar(200)), ?, ? where"
                          + " not exists (select 1 from answers where model = ? and dataset = ? and"
                          + " example = ?)",
                      model,
                      dataset,
                      example,
                      answer.text(),
                      answer.failure(),
                      stamp.at(),
                      stamp.by(),
                      model,
                      dataset,
                      example));
        });
  }
}
