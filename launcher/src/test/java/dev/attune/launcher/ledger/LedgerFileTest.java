package dev.attune.launcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.SmallDisk;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that was lost, cut short, or stands on a full disk. */
class LedgerFileTest {
  /** A ledger of an older version, as it was closed. */
  private static final Path CLOSED =
      Path.of("src/test/resources/dev/attune/launcher/made-by-1c65b31/ledger.mv.db");

  @TempDir private Path folder;

  private TestShell shell = new TestShell(Path.of(""));

  private Ledger open(Path where) throws CommandFailure {
    shell = new TestShell(where);
    return LedgerKind.H2.open(where, shell.shell());
  }

  private static TuningSpec spec(int number) {
    return new TuningSpec(
        "sha256:" + "a".repeat(64),
        "local",
        "linear-baseline",
        "local",
        new Hyperparameters(number, 4, 1.0));
  }

  /** A ledger with jobs and steps, closed, with a job's folder beside it. */
  private Path filled(Path where) throws CommandFailure, IOException {
    Files.createDirectories(where);
    for (int session = 0; session < 3; session++) {
      try (Ledger ledger = open(where)) {
        for (int i = 1; i <= 20; i++) {
          String id = ledger.jobs().intend(spec(session * 20 + i), false).id();
          ledger.jobs().observe(id, seen(id));
          ledger.steps().enter("input " + i, "check", "fine");
          ledger.steps().enter("answer " + session + "-" + i, "evaluate", "x".repeat(100 * i));
        }
      }
    }
    Files.createDirectories(where.resolve("ledger.files/jobs/0123456789ab-1"));
    return where.resolve("ledger.mv.db");
  }

  private static BackEndJob seen(String id) {
    return new BackEndJob(id, TuningJobState.SUCCEEDED, "m", "/m", null, null);
  }

  private CommandFailure refusal(Path where) {
    try (Ledger ledger = open(where)) {
      throw new AssertionError("opened with " + ledger.jobs().all().size() + " jobs");
    } catch (CommandFailure refused) {
      assertThat(refused.code().exit()).isEqualTo(ExitCode.REFUSED);
      return refused;
    }
  }

  @Test
  void refusesAFileThatWasCutShortAnywhere() throws Exception {
    byte[] whole = Files.readAllBytes(CLOSED);
    Path cut = folder.resolve("cut");
    Path file = cut.resolve("ledger.mv.db");
    Files.createDirectories(cut.resolve("ledger.files/jobs/0123456789ab-1"));
    TreeSet<Integer> lengths =
        new TreeSet<>(List.of(1, 4095, 4096, 8191, 8192, 8193, 12288, whole.length - 1));
    for (int length = 1; length < whole.length; length += 4096 * 3 + 100) {
      lengths.add(length);
    }
    lengths.add(whole.length - 4096);
    for (int length : lengths) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThat(refusal(cut))
          .as("cut at %d of %d", length, whole.length)
          .hasMessage(
              "The ledger "
                  + file
                  + " is damaged, truncated or not a ledger of Attune: restore it from a copy, or"
                  + " move it and "
                  + cut.resolve("ledger.files")
                  + " to begin a new ledger.");
      assertThat(file).hasSize(length);
    }
    Files.write(file, whole);
    try (Ledger ledger = open(cut)) {
      assertThat(ledger.jobs().all()).hasSize(2);
    }
  }

  @Test
  void waitsWhileAnotherProcessIsWritingTheFile() throws Exception {
    byte[] whole = Files.readAllBytes(CLOSED);
    Path file = Files.createDirectories(folder.resolve("young")).resolve("ledger.mv.db");
    Files.write(file, Arrays.copyOf(whole, 4096));
    Path lock = Files.createFile(file.resolveSibling("ledger.lock.db"));
    CompletableFuture<Path> writer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                Files.write(file, whole);
                Files.delete(lock);
                return file;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));

    try (Ledger ledger = open(folder.resolve("young"))) {
      assertThat(ledger.jobs().all()).hasSize(2);
    }
    assertThat(writer).isCompleted();
  }

  @Test
  void neverForgetsAllWhereItWasKilledAndCutShort() throws Exception {
    // H2 has this file open still, as where a process was killed. Most cuts open at an older entry:
    // nothing tells them from a last write that was broken off.
    byte[] whole = Files.readAllBytes(filled(folder.resolve("whole")));
    Path cut = folder.resolve("cut");
    Files.createDirectories(cut.resolve("ledger.files/jobs/0123456789ab-1"));
    for (int length = 8192; length < whole.length; length += 4096 * 5) {
      Files.write(cut.resolve("ledger.mv.db"), Arrays.copyOf(whole, length));
      try (Ledger ledger = open(cut)) {
        assertThat(ledger.jobs().all()).as("cut at %d", length).isNotEmpty();
      } catch (CommandFailure refused) {
        assertThat(refused.code().exit()).isEqualTo(ExitCode.REFUSED);
      }
    }
  }

  @Test
  void refusesBytesThatWereOverwritten() throws Exception {
    byte[] whole = Files.readAllBytes(filled(folder));
    Path file = folder.resolve("ledger.mv.db");
    Arrays.fill(whole, 0, whole.length, (byte) 7);
    Files.write(file, whole);

    assertThat(refusal(folder)).hasMessageContaining("is damaged, truncated or not a ledger");
    assertThat(file).hasBinaryContent(whole);
  }

  @Test
  void refusesAnEmptyFileWhereALedgerWas() throws Exception {
    Path file = filled(folder);
    Files.write(file, new byte[0]);

    assertThat(refusal(folder))
        .hasMessage(
            "The ledger "
                + file
                + " is empty (0 bytes), and "
                + folder.resolve("ledger.files")
                + " shows that it was in use: restore it from a copy, or move that folder to begin"
                + " a new ledger.");
    assertThat(file).hasSize(0);

    Files.move(folder.resolve("ledger.files"), folder.resolve("away"));
    try (Ledger anew = open(folder)) {
      assertThat(anew.jobs().all()).isEmpty();
    }
  }

  @Test
  void saysThatANewLedgerBeginsWhereOneWasLost() throws Exception {
    Path file = filled(folder);
    Files.delete(file);

    try (Ledger anew = open(folder)) {
      assertThat(anew.jobs().all()).isEmpty();
      assertThat(shell.err())
          .singleElement()
          .asString()
          .startsWith("The ledger " + file + " no longer exists, but ")
          .contains("a new ledger is created");
    }
    try (Ledger again = open(folder)) {
      assertThat(shell.err())
          .singleElement()
          .asString()
          .startsWith("The ledger " + file + " contains no job, but ");
      again.jobs().intend(spec(99), false);
    }
    try (Ledger known = open(folder)) {
      assertThat(known.jobs().all()).hasSize(1);
      assertThat(shell.err()).isEmpty();
    }
  }

  @Test
  void saysThatTheDiskIsFullAndLosesNothing() throws Exception {
    try (SmallDisk small = new SmallDisk(folder.resolve("disk"), "2m")) {
      Path disk = small.folder();
      int entered = 0;
      try (Ledger ledger = open(disk)) {
        LedgerFailure full = null;
        while (full == null) {
          try {
            ledger.steps().enter("input " + entered, "check", "x".repeat(20_000));
            entered++;
          } catch (LedgerFailure e) {
            full = e;
          }
        }
        assertThat(full)
            .hasMessage(
                "The disk of the ledger "
                    + disk.resolve("ledger.mv.db")
                    + " is full, and the last entry was not stored: free some space and run"
                    + " the same command again.");
      }
      assertThat(entered).isPositive();
      small.resize("40m");
      try (Ledger ledger = open(disk)) {
        for (int i = 0; i < entered; i++) {
          assertThat(ledger.steps().outcome("input " + i, "check")).isPresent();
        }
        assertThat(ledger.steps().outcome("input " + entered, "check")).isEmpty();
      }
    }
  }

  @Test
  void leavesNothingBehindWhereTheDiskIsFullFromTheBeginning() throws Exception {
    try (SmallDisk small = new SmallDisk(folder.resolve("disk"), "256k")) {
      Path disk = small.folder();
      Files.createDirectories(disk.resolve("ledger.files"));
      LedgerKind.H2.config(disk);
      Path filler = small.fill();

      assertThatThrownBy(() -> open(disk))
          .isInstanceOf(LedgerFailure.class)
          .hasMessageContaining(" is full");

      Files.delete(filler);
      small.resize("40m");
      try (Ledger ledger = open(disk)) {
        assertThat(ledger.jobs().all()).isEmpty();
      }
    }
  }

  @Test
  void knowsWhatPostgreSqlSaysOfAFullDisk() {
    var full = new SQLException("could not extend file: No space left", "53100");
    assertThat(DiskFull.isCauseOf(new IllegalStateException(full))).isTrue();
    assertThat(DiskFull.isCauseOf(new SQLException("no", "23505"))).isFalse();
    assertThat(DiskFull.of("db/attune", full)).hasMessageContaining("db/attune is full");
  }
}
