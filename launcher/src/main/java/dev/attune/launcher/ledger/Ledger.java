package dev.attune.launcher.ledger;

import dev.attune.config.AttuneConfig;
import dev.attune.filesystem.FileMode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The ledger, open. Safe for several threads; several processes may have the same one open. What is
 * entered is on disk when the call returns. A call whose connection breaks is made again, so every
 * entry is written such that twice is once.
 *
 * <p>Two processes meet in one H2 file through the first of them, which listens on loopback only.
 */
public final class Ledger implements AutoCloseable {
  private final Book book;
  private final LedgerAddress address;

  Ledger(Book book, LedgerAddress address) {
    this.book = book;
    this.address = address;
  }

  /**
   * Opens the ledger of a configuration, makes it where there is none, and brings its tables up to
   * date.
   *
   * @throws CommandFailure if it cannot be reached, is damaged, or is of a newer Attune
   */
  public static Ledger open(AttuneConfig config, Shell shell) throws CommandFailure {
    LedgerAddress address = LedgerAddress.of(config.ledger(), config.folder(), shell.environment());
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
          FailureCode.LEDGER,
          List.of(),
          "Cannot make the folder " + address.folder() + " beside the ledger; see ledger.jdbcUrl.",
          e);
    }
    Ledger ledger = new Ledger(Book.open(address.connections(), seen, shell.clock()), address);
    if (file != null) {
      file.protect();
    }
    if (file != null && seen != null && seen.wasThere() && ledger.hasForgottenJobs(file)) {
      shell.err().println(file.forgottenJobs());
    }
    return ledger;
  }

  /**
   * Opens the ledger of a configuration if there is one; makes none. One of PostgreSQL counts as
   * there.
   *
   * @throws CommandFailure if it cannot be reached or is of a newer Attune
   */
  public static Optional<Ledger> openExisting(AttuneConfig config, Shell shell)
      throws CommandFailure {
    LedgerAddress address = LedgerAddress.of(config.ledger(), config.folder(), shell.environment());
    LedgerFile file = address.connections().file();
    if (file != null) {
      file.requireOwn();
    }
    boolean missing = file != null && !Files.exists(file.path());
    return missing ? Optional.empty() : Optional.of(open(config, shell));
  }

  /** Whether jobs of this machine stand beside a ledger that knows none: an older one was lost. */
  private boolean hasForgottenJobs(LedgerFile file) {
    return file.hasJobs() && jobs().all().isEmpty();
  }

  /** Published datasets. */
  public Datasets datasets() {
    return new Datasets(book);
  }

  /** Tuning jobs with every change of their state; those that succeeded are the models. */
  public Jobs jobs() {
    return new Jobs(book);
  }

  /** What models answered. */
  public Answers answers() {
    return new Answers(book);
  }

  /** How good models are. */
  public Evaluations evaluations() {
    return new Evaluations(book);
  }

  /** Which model is in use, since when and why. */
  public Promotions promotions() {
    return new Promotions(book);
  }

  /** What {@code attune run} has done for which input. */
  public Steps steps() {
    return new Steps(book);
  }

  /**
   * The folder beside the ledger for what is too large for it, such as local models: {@code
   * NAME.files} for an H2 file {@code NAME.mv.db}, {@code .attune} in the user's home for
   * PostgreSQL.
   */
  public Path folder() {
    return address.folder();
  }

  /** Where it is, for people. */
  public String described() {
    return address.connections().ledger();
  }

  @Override
  public void close() {
    book.close();
  }
}
