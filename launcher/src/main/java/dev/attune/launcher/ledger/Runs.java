package dev.attune.launcher.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The runs of {@code attune run} that are in progress, at most one for each dataset name. A run
 * that is alive raises its <em>beat</em> again and again. A run whose beat stays the same was
 * killed, and another may take its place; whoever looks measures how long, so no clocks are
 * compared.
 */
public final class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class.getName());

  private final LedgerDatabase book;

  Runs(LedgerDatabase book) {
    this.book = book;
  }

  /**
   * The process of a run.
   *
   * @param run a random id of the run: 36 characters
   * @param host the name of the host, for messages
   * @param machine names the machine, container and user; two processes with the same value can
   *     look each other up by number
   * @param process the number of the process
   * @param started when the process started; differs from that of a later process with its number
   */
  public record Owner(String run, String host, String machine, long process, String started) {}

  /**
   * A run in progress.
   *
   * @param dataset the name of the dataset
   * @param beat rises while the run is alive
   * @param begun when and by whom it was begun
   */
  public record Entry(String dataset, Owner owner, long beat, Stamp begun) {}

  /**
   * Enters a run if none is in progress.
   *
   * @return the run in progress: this one or another
   */
  public Entry begin(String dataset, Owner owner) {
    Stamp stamp = book.stamp();
    return book.enterAndRead(
        handle -> {
          if (find(handle, dataset).isEmpty()) {
            insert(handle, new Entry(dataset, owner, 0, stamp));
          }
          return find(handle, dataset).orElseThrow();
        });
  }

  /** Returns the run in progress. */
  public Optional<Entry> current(String dataset) {
    return book.in(handle -> find(handle, dataset));
  }

  /**
   * Replaces a run that was killed, unless it has raised its beat or was replaced or ended.
   *
   * @param seen the run as it was last read
   * @return whether the new owner's run is in progress now
   */
  public boolean takeOver(Entry seen, Owner owner) {
    Stamp stamp = book.stamp();
    return book.in(
        handle -> {
          int changed =
              handle.execute(
                  "update runs set run = ?, host = ?, machine = ?, process = ?, process_started ="
                      + " ?, beat = 0, entered_at = ?, entered_by = ? where dataset = ? and run = ?"
                      + " and beat = ?",
                  owner.run(),
                  owner.host(),
                  owner.machine(),
                  owner.process(),
                  owner.started(),
                  stamp.at(),
                  stamp.by(),
                  seen.dataset(),
                  seen.owner().run(),
                  seen.beat());
          // Else it may be stored already: the connection may have broken just after the commit.
          return changed == 1
              || find(handle, seen.dataset())
                  .filter(entry -> entry.owner().run().equals(owner.run()))
                  .isPresent();
        });
  }

  /**
   * Raises the beat of a run, unless the ledger cannot be reached now.
   *
   * @return false if the run is certainly no longer in progress: another has taken its place
   */
  public boolean beat(String dataset, String run) {
    try {
      return book.in(
          handle ->
              handle.execute(
                      "update runs set beat = beat + 1 where dataset = ? and run = ?", dataset, run)
                  == 1);
    } catch (LedgerFailure | JdbiException e) {
      LOG.log(Level.FINE, "No beat this time", e);
      return true;
    }
  }

  /**
   * Removes a run; nothing happens if another has taken its place. If the ledger cannot be reached
   * now, the run stays, and the next one finds that it has ended.
   */
  public void end(String dataset, String run) {
    try {
      book.in(
          handle -> handle.execute("delete from runs where dataset = ? and run = ?", dataset, run));
    } catch (LedgerFailure | JdbiException e) {
      LOG.log(Level.FINE, "The run was not removed", e);
    }
  }

  private static Optional<Entry> find(Handle handle, String dataset) {
    return handle
        .select("select * from runs where dataset = ?", dataset)
        .map(Runs::entry)
        .findOne();
  }

  private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
    return new Entry(
        row.getString("dataset"),
        new Owner(
            row.getString("run"),
            row.getString("host"),
            row.getString("machine"),
            row.getLong("process"),
            row.getString("process_started")),
        row.getLong("beat"),
        Evaluations.stamp(row));
  }

  private static void insert(Handle handle, Entry entry) {
    Owner owner = entry.owner();
    handle.execute(
        "insert into runs values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.dataset(),
        owner.run(),
        owner.host(),
        owner.machine(),
        owner.process(),
        owner.started(),
        entry.beat(),
        entry.begun().at(),
        entry.begun().by());
  }
}
