package dev.attune.launcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger of version 1, with jobs whose keys contain the location, becomes one of version 2. */
class LocationFreeKeysTest {
  private static final Instant START = Instant.parse("2026-10-01T08:00:00Z");

  @TempDir private Path folder;

  private static TuningSpec spec(String digit, String location) {
    return new TuningSpec(
        "sha256:" + digit.repeat(64),
        "vertex",
        "gemini-3.5-flash",
        location,
        new Hyperparameters(3, 4, 1.0));
  }

  /** A row of version 1; its id ends with the attempt. */
  private static String row(
      Connection ledger, TuningSpec spec, int attempt, TuningJobState state, int minute)
      throws SQLException {
    String id = spec.formerKey().substring(0, 12) + "-" + attempt;
    try (PreparedStatement insert =
        ledger.prepareStatement(
            "insert into jobs (id, job_key, attempt, live_key, dataset, back_end, base_model,"
                + " location, epochs, adapter_size, learning_rate_multiplier, state, endpoint,"
                + " entered_at, entered_by) values (?, ?, ?, ?, ?, ?, ?, ?, 3, 4, 1.0, ?, ?, ?,"
                + " 'somebody')")) {
      List<Object> values =
          List.of(
              id,
              spec.formerKey(),
              attempt,
              state.hasFailed() ? "" : spec.formerKey(),
              spec.dataset(),
              spec.backEnd(),
              spec.baseModel(),
              spec.location(),
              state.name(),
              state.hasModel() ? "endpoints/" + id : "",
              Timestamp.from(START.plusSeconds(60L * minute)));
      for (int i = 0; i < values.size(); i++) {
        insert.setObject(i + 1, "".equals(values.get(i)) ? null : values.get(i));
      }
      insert.executeUpdate();
    }
    return id;
  }

  /** The ids of the jobs of a ledger of version 1, by what they are. */
  private Map<String, String> old(Connections connections) throws SQLException {
    Flyway.configure(LedgerDatabase.class.getClassLoader())
        .dataSource(connections.source())
        .locations("classpath:dev/attune/launcher/ledger")
        .table("attune_migrations")
        .target("1")
        .load()
        .migrate();
    TuningSpec here = spec("a", "us-central1");
    TuningSpec there = spec("a", "europe-west4");
    try (Connection ledger = connections.source().getConnection()) {
      Map<String, String> ids =
          Map.of(
              "failed", row(ledger, here, 1, TuningJobState.FAILED, 0),
              "running", row(ledger, there, 1, TuningJobState.RUNNING, 1),
              "succeeded", row(ledger, here, 2, TuningJobState.SUCCEEDED, 2),
              "older", row(ledger, spec("b", "us-central1"), 1, TuningJobState.RUNNING, 3),
              "younger", row(ledger, spec("b", "europe-west4"), 1, TuningJobState.CREATING, 4),
              "alone", row(ledger, spec("c", "us-central1"), 1, TuningJobState.INTENDED, 5));
      return ids;
    }
  }

  private Connections connections(LedgerKind kind, Path here) throws CommandFailure {
    return LedgerAddress.of(
            kind.config(here).ledger(), here, Map.of(LedgerKind.VARIABLE, LedgerKind.PASSWORD))
        .connections();
  }

  private static String id(Map<String, String> ids, String name) {
    return Objects.requireNonNull(ids.get(name), name);
  }

  private static void check(Ledger ledger, Map<String, String> ids) {
    Jobs jobs = ledger.jobs();
    assertThat(jobs.all()).extracting(Job::id).containsExactlyInAnyOrderElementsOf(ids.values());
    assertThat(jobs.attempts(spec("a", "anywhere")))
        .extracting(Job::id)
        .containsExactly(id(ids, "succeeded"), id(ids, "running"), id(ids, "failed"));
    assertThat(jobs.intend(spec("a", "asia-east1"), false).id()).isEqualTo(id(ids, "succeeded"));
    assertThat(jobs.intend(spec("b", "europe-west4"), false).id()).isEqualTo(id(ids, "older"));
    assertThat(jobs.intend(spec("c", "us-central1"), false).id()).isEqualTo(id(ids, "alone"));
    assertThat(jobs.all())
        .filteredOn(Job::live)
        .extracting(Job::id)
        .containsExactlyInAnyOrder(id(ids, "succeeded"), id(ids, "older"), id(ids, "alone"));
    Job running = jobs.get(id(ids, "running"));
    assertThat(running.spec()).isEqualTo(spec("a", "europe-west4"));
    assertThat(running.state()).isEqualTo(TuningJobState.RUNNING);
    for (String left : List.of("running", "younger")) {
      String counts = id(ids, left.equals("running") ? "succeeded" : "older");
      assertThat(jobs.changes(id(ids, left)))
          .singleElement()
          .extracting(Job.Change::note)
          .asString()
          .startsWith("The location is no longer part of a job's key, so " + counts + " (")
          .endsWith("cancel it with attune cancel " + id(ids, left) + ".");
    }
    assertThat(jobs.changes(id(ids, "failed"))).isEmpty();
    assertThat(jobs.ledger()).hasSize(36).isEqualTo(jobs.ledger());
  }

  @ParameterizedTest
  @EnumSource
  void givesJobsOfTwoLocationsOneKeyAndKeepsBothReadable(LedgerKind kind) throws Exception {
    Map<String, String> ids = old(connections(kind, folder));
    String identity;
    try (Ledger ledger = kind.open(folder, new TestShell(folder).shell())) {
      check(ledger, ids);
      identity = ledger.jobs().ledger();
    }
    try (Ledger ledger = kind.open(folder, new TestShell(folder).shell())) {
      check(ledger, ids);
      assertThat(ledger.jobs().ledger()).isEqualTo(identity);
      // The next attempt has a number and an id of its own.
      Job running = ledger.jobs().get(id(ids, "older"));
      Job next = ledger.jobs().intend(spec("b", "asia-east1"), false);
      assertThat(next.id()).isEqualTo(running.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void canBeRunAgainWhereverItWasKilled(LedgerKind kind) throws Exception {
    int killed = 0;
    boolean dies = true;
    while (dies) {
      Path here = Files.createDirectories(folder.resolve(kind + "-" + killed));
      Connections real = connections(kind, here);
      Map<String, String> ids = old(real);
      MortalSource mortal = new MortalSource(real.source(), killed);
      try {
        LedgerDatabase.open(
                new Connections(mortal, real.ledger(), null), null, InstantSource.system())
            .close();
      } catch (MortalSource.Death | RuntimeException | CommandFailure expected) {
        assertThat(mortal.isDead()).isTrue();
      }
      dies = mortal.isDead();
      mortal.bury();
      try (Ledger ledger = kind.open(here, new TestShell(here).shell())) {
        check(ledger, ids);
      }
      killed++;
    }
    assertThat(killed).isGreaterThan(12);
  }
}
