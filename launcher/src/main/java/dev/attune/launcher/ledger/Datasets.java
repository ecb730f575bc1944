package dev.attune.launcher.ledger;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The published datasets that commands have used. */
public final class Datasets {
  private final LedgerDatabase book;

  Datasets(LedgerDatabase book) {
    this.book = book;
  }

  /**
   * A dataset in a directory.
   *
   * @param fingerprint {@code sha256:} and 64 hex digits
   * @param name the configuration's {@code dataset}
   * @param inputFingerprint the input fingerprint of its run
   * @param training the number of examples in train.jsonl
   * @param validation the number of examples in valid.jsonl
   */
  public record Entry(
      String fingerprint,
      Place directory,
      String name,
      String runId,
      String inputFingerprint,
      long training,
      long validation) {}

  /** Enters a dataset; an existing entry stays as it is. */
  public void enter(DatasetDirectory dataset) {
    DatasetManifest manifest = dataset.manifest();
    Stamp stamp = book.stamp();
    book.enter(
        handle -> {
          if (find(handle
                  .select(
                      "select * from datasets where fingerprint = ? and directory = ?",
                      dataset.fingerprint(),
                      dataset.path().toString())
                  .map(Datasets::entry)
                  .list())
              .isEmpty()) {
            handle.execute(
                "insert into datasets values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                dataset.fingerprint(),
                dataset.path().toString(),
                manifest.identity().dataset(),
                manifest.identity().runId(),
                manifest.identity().inputFingerprint(),
                manifest.identity().format(),
                manifest.identity().task(),
                manifest.trainingExamples(),
                manifest.validationExamples(),
                stamp.at(),
                stamp.by());
          }
        });
  }

  /** Returns the last entered directory of a dataset. */
  public Optional<Entry> find(String fingerprint) {
    return find(all(fingerprint));
  }

  /**
   * Returns the first entered directory of a dataset that still exists, or the last entered one if
   * none exists. The same bytes may be in several directories after attune run --force.
   */
  public Optional<Entry> first(String fingerprint) throws IOException {
    List<Entry> places = all(fingerprint);
    List<Entry> there = new ArrayList<>();
    for (Entry place : places) {
      if (place.directory().resolve("manifest.json").isFile()) {
        there.add(place);
      }
    }
    return there.isEmpty() ? find(places) : Optional.of(there.get(there.size() - 1));
  }

  /**
   * Returns the directory of a dataset as a person would type it.
   *
   * @param unknown what to return if the ledger has no such dataset
   */
  public String shown(String fingerprint, Shell shell, String unknown) {
    return find(fingerprint).map(entry -> shell.show(entry.directory())).orElse(unknown);
  }

  /** Returns all directories of a dataset, the last entered first. */
  public List<Entry> all(String fingerprint) {
    return book.in(
        handle ->
            handle
                .select(
                    "select * from datasets where fingerprint = ? order by entered_at desc,"
                        + " directory",
                    fingerprint)
                .map(Datasets::entry)
                .list());
  }

  /** Returns the directory of a job's dataset as the user types it, or {@code DATASET}. */
  public String typed(Job job, Shell shell) {
    return shown(job.spec().dataset(), shell, "DATASET");
  }

  private static Optional<Entry> find(List<Entry> entries) {
    return entries.stream().findFirst();
  }

  private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
    return new Entry(
        row.getString("fingerprint"),
        Place.written(row.getString("directory")),
        row.getString("name"),
        row.getString("run_id"),
        row.getString("input_fingerprint"),
        row.getLong("training"),
        row.getLong("validation"));
  }
}
