package dev.attune.launcher.ledger;

import dev.attune.config.AttuneConfig;
import dev.attune.filesystem.FileMode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.place.LocalPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * An open ledger. It is safe for several threads, and several processes may open the same ledger.
 * An entry is on disk when the call returns. A call is repeated if its connection breaks, so every
 * entry can be written twice without harm.
 *
 * <p>A second process reaches an H2 file through the first one, which listens on loopback only.
 */
public final class Ledger implements AutoCloseable {
  /** Environment variables that Cloud Run sets for jobs and for services. */
  private static final Set<String> CLOUD_RUN = Set.of("CLOUD_RUN_JOB", "K_SERVICE");

  private final LedgerDatabase book;
  private final LedgerAddress address;

  Ledger(LedgerDatabase book, LedgerAddress address) {
    this.book = book;
    this.address = address;
  }

  /**
   * Opens the ledger of a configuration, creates it if it does not exist, and migrates its tables.
   *
   * @throws CommandFailure if it cannot be reached, is damaged, or was written by a newer version,
   *     or if it is an H2 file that would not outlive this machine
   */
  public static Ledger open(AttuneConfig config, Shell shell) throws CommandFailure {
    requireLastingDisk(config, shell);
    LedgerAddress address = LedgerAddress.of(config.ledger(), folder(config), shell.environment());
    LedgerFile file = address.connections().file();
    if (file != null) {
      file.requireOwn();
    }
    LedgerFile.Seen seen = file == null ? null : file.look();
    if (seen != null && seen.warning() != null) {
      shell.err().println(seen.warning());
    }
    try {
      FileMode.PRIVATE.createFolders(address.folder());
    } catch (IOException e) {
      throw new CommandFailure(
          FailureCode.LEDGER, Messages.of("launcher.ledger.no-folder", address.folder()), e);
    }
    Ledger ledger =
        new Ledger(LedgerDatabase.open(address.connections(), seen, shell.clock()), address);
    if (file != null) {
      file.protect();
    }
    if (file != null && seen != null && seen.existed() && ledger.hasLostJobs(file)) {
      shell.err().println(file.lostJobsWarning());
    }
    return ledger;
  }

  /**
   * Returns the folder of a configuration, in which an H2 ledger and the folders of local jobs are.
   *
   * @throws CommandFailure if the configuration is in a bucket and the ledger would be beside it
   */
  public static Path folder(AttuneConfig config) throws CommandFailure {
    if (config.folder() instanceof LocalPlace local) {
      return local.path();
    }
    if (isH2(config)) {
      throw new CommandFailure(
          FailureCode.LEDGER, Messages.of("launcher.ledger.h2-in-bucket", config.folder()));
    }
    return Path.of(System.getProperty("user.home"));
  }

  private static boolean isH2(AttuneConfig config) {
    return config.ledger().jdbcUrl().startsWith("jdbc:h2:");
  }

  /** Refuses an H2 file in Cloud Run, whose disk ends with the process. */
  private static void requireLastingDisk(AttuneConfig config, Shell shell) throws CommandFailure {
    boolean lasts = Collections.disjoint(shell.environment().keySet(), CLOUD_RUN);
    if (!lasts && isH2(config)) {
      throw new CommandFailure(FailureCode.LEDGER, Messages.of("launcher.ledger.h2-on-cloud-run"));
    }
  }

  /**
   * Opens the ledger of a configuration, or returns empty if it is an H2 file that does not exist.
   *
   * @throws CommandFailure if it cannot be reached, or was written by a newer version
   */
  public static Optional<Ledger> openExisting(AttuneConfig config, Shell shell)
      throws CommandFailure {
    LedgerAddress address = LedgerAddress.of(config.ledger(), folder(config), shell.environment());
    LedgerFile file = address.connections().file();
    if (file != null) {
      file.requireOwn();
    }
    boolean missing = file != null && !Files.exists(file.path());
    return missing ? Optional.empty() : Optional.of(open(config, shell));
  }

  /** Returns whether jobs are beside a ledger without jobs, because an older ledger was lost. */
  private boolean hasLostJobs(LedgerFile file) {
    return file.hasJobs() && jobs().all().isEmpty();
  }

  /** Returns the published datasets. */
  public Datasets datasets() {
    return new Datasets(book);
  }

  /** Returns the tuning jobs; those that succeeded are the models. */
  public Jobs jobs() {
    return new Jobs(book);
  }

  /** Returns the answers of models. */
  public Answers answers() {
    return new Answers(book);
  }

  /** Returns the evaluations of models. */
  public Evaluations evaluations() {
    return new Evaluations(book);
  }

  /** Returns the decisions on models. */
  public Promotions promotions() {
    return new Promotions(book);
  }

  /** Returns the steps that {@code attune run} has done. */
  public CompletedSteps steps() {
    return new CompletedSteps(book);
  }

  /** Returns the runs of {@code attune run} that are in progress. */
  public Runs runs() {
    return new Runs(book);
  }

  /** Returns the database, for tables that other packages read and write. */
  public LedgerDatabase database() {
    return book;
  }

  /**
   * Returns the folder beside the ledger for large files, such as local models: {@code NAME.files}
   * for an H2 file {@code NAME.mv.db}, {@code .attune} in the user's home for PostgreSQL.
   */
  public Path folder() {
    return address.folder();
  }

  /** Returns the place of the ledger, for messages. */
  public String described() {
    return address.connections().ledger();
  }

  @Override
  public void close() {
    book.close();
  }
}
