package dev.attune.launcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Promotions.Decision;
import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
  private static final TuningSpec SPEC =
      new TuningSpec(
          "sha256:" + "a".repeat(64),
          "vertex",
          "gemini-3.5-flash",
          "us-central1",
          new Hyperparameters(3, 4, 1.0));
  private static final Instant UNTIL = Instant.parse("2026-11-20T12:00:00.123Z");

  @TempDir private Path folder;

  // Writes attune.yaml, so one thread at a time.
  private synchronized Ledger open(LedgerKind kind) throws CommandFailure {
    return kind.open(folder, new TestShell(folder).shell());
  }

  private static BackEndJob seen(TuningJobState state) {
    return new BackEndJob("projects/p/tuningJobs/1", state, null, null, null, null);
  }

  @ParameterizedTest
  @EnumSource
  void remembersAJobAndEveryChangeOfItsState(LedgerKind kind) throws Exception {
    BackEndJob done =
        new BackEndJob(
            "projects/p/tuningJobs/1",
            TuningJobState.SUCCEEDED,
            "models/7@1",
            "endpoints/9",
            null,
            new Usage(90, 2, List.of(4L, 7L), List.of("too many tokens"), 1234L));
    String id;
    try (Ledger ledger = open(kind)) {
      Job job = ledger.jobs().intend(SPEC, false);
      id = job.id();
      assertThat(id).isEqualTo(SPEC.key().substring(0, 12) + "-1");
      assertThat(ledger.jobs().claimCreate(job, UNTIL)).isTrue();
      ledger.jobs().observe(id, seen(TuningJobState.PENDING));
      ledger.jobs().observe(id, seen(TuningJobState.PENDING));
      ledger.jobs().observe(id, seen(TuningJobState.RUNNING));
      ledger.jobs().remark(id, "2 of 92 examples were dropped");
      ledger.jobs().observe(id, done);
      ledger.jobs().observe(id, done);
    }
    try (Ledger ledger = open(kind)) {
      Job job = ledger.jobs().get(id);
      assertThat(job.spec()).isEqualTo(SPEC);
      assertThat(job.known()).isEqualTo(done);
      assertThat(job.createUntil()).isEqualTo(UNTIL);
      assertThat(job.stamp().by()).isEqualTo(System.getProperty("user.name"));
      List<Job.Change> changes = ledger.jobs().changes(id);
      assertThat(changes)
          .extracting(change -> change.state().name())
          .containsExactly("INTENDED", "CREATING", "PENDING", "RUNNING", "RUNNING", "SUCCEEDED");
      assertThat(changes.get(4).note()).isEqualTo("2 of 92 examples were dropped");
      assertThat(changes).extracting(change -> change.stamp().at()).isSorted();
      assertThat(ledger.jobs().named(id.substring(0, 5))).containsExactly(job);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesOneJobToAllWhoIntendTheSame(LedgerKind kind) throws Exception {
    try (Ledger first = open(kind);
        Ledger second = open(kind)) {
      List<Job> jobs =
          atOnce(() -> first.jobs().intend(SPEC, false), () -> second.jobs().intend(SPEC, false));

      assertThat(jobs.get(0)).isEqualTo(jobs.get(1));
      assertThat(first.jobs().all()).hasSize(1);
      assertThat(first.jobs().changes(jobs.get(0).id())).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsOneOfSeveralCreateEvenInTheSameMillisecond(LedgerKind kind) throws Exception {
    try (Ledger first = open(kind);
        Ledger second = open(kind)) {
      Job job = first.jobs().intend(SPEC, false);

      assertThat(
              atOnce(
                  () -> first.jobs().claimCreate(job, UNTIL),
                  () -> second.jobs().claimCreate(job, UNTIL)))
          .containsExactlyInAnyOrder(true, false);

      Job claimed = first.jobs().get(job.id());
      assertThat(
              atOnce(
                  () -> first.jobs().claimCreate(claimed, UNTIL.plusSeconds(9)),
                  () -> second.jobs().claimCreate(claimed, UNTIL.plusSeconds(9))))
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsNobodyCreateWhatIsKnown(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      Job job = ledger.jobs().intend(SPEC, false);
      ledger.jobs().observe(job.id(), seen(TuningJobState.QUEUED));

      assertThat(ledger.jobs().claimCreate(job, UNTIL)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAnIntentAgainAfterACallThatCreatedNothing(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      Job job = ledger.jobs().intend(SPEC, false);
      ledger.jobs().claimCreate(job, UNTIL);
      ledger.jobs().notCreated(job.id(), UNTIL, "the quota is used up");

      Job now = ledger.jobs().get(job.id());
      assertThat(now.state()).isEqualTo(TuningJobState.INTENDED);
      assertThat(now.createUntil()).isNull();
      assertThat(ledger.jobs().claimCreate(now, UNTIL)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesALaterClaimAloneWhenAnEarlierCallCreatedNothing(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      Job job = ledger.jobs().intend(SPEC, false);
      ledger.jobs().claimCreate(job, UNTIL);
      ledger.jobs().claimCreate(ledger.jobs().get(job.id()), UNTIL.plusSeconds(700));
      ledger.jobs().notCreated(job.id(), UNTIL, "the quota is used up");

      Job now = ledger.jobs().get(job.id());
      assertThat(now.state()).isEqualTo(TuningJobState.CREATING);
      assertThat(now.createUntil()).isEqualTo(UNTIL.plusSeconds(700));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheBackEndsJobThatItKnowsAndItsEnd(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      Job job = ledger.jobs().intend(SPEC, false);
      ledger.jobs().observe(job.id(), seen(TuningJobState.QUEUED));
      BackEndJob another =
          new BackEndJob("projects/p/tuningJobs/2", TuningJobState.FAILED, null, null, "no", null);

      assertThat(ledger.jobs().observe(job.id(), another).known())
          .isEqualTo(seen(TuningJobState.QUEUED));
      ledger.jobs().observe(job.id(), seen(TuningJobState.CANCELLED));
      ledger.jobs().observe(job.id(), seen(TuningJobState.RUNNING));
      assertThat(ledger.jobs().get(job.id()).state()).isEqualTo(TuningJobState.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void remarksTheSameOnlyOnce(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      Job job = ledger.jobs().intend(SPEC, false);
      ledger.jobs().remark(job.id(), "two were dropped");
      ledger.jobs().remark(job.id(), "two were dropped");

      assertThat(ledger.jobs().changes(job.id()))
          .extracting(Job.Change::note)
          .containsExactly(null, "two were dropped");
    }
  }

  @ParameterizedTest
  @EnumSource
  void beginsAnotherOnlyAfterAFailureAndOnlyWhenAsked(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      Job first = ledger.jobs().intend(SPEC, true);
      assertThat(ledger.jobs().intend(SPEC, true)).isEqualTo(first);
      ledger.jobs().observe(first.id(), seen(TuningJobState.CANCELLED));

      assertThat(ledger.jobs().intend(SPEC, false).id()).isEqualTo(first.id());
      Job second = ledger.jobs().intend(SPEC, true);
      assertThat(second.id()).isEqualTo(SPEC.key().substring(0, 12) + "-2");
      assertThat(ledger.jobs().intend(SPEC, true)).isEqualTo(second);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsAnswersOnce(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      String example = "e".repeat(64);
      String blocked = "f".repeat(64);
      ModelAnswer first = ModelAnswer.of("ünïcode, \"quoted\"\n");
      ledger.answers().keep("m", SPEC.dataset(), Map.of(example, first));
      ledger.answers().keep("m", SPEC.dataset(), Map.of(example, ModelAnswer.of("another")));
      ledger.answers().keep("m", SPEC.dataset(), Map.of(example, ModelAnswer.failed("blocked")));
      ledger.answers().keep("m", SPEC.dataset(), Map.of(blocked, ModelAnswer.failed("blocked")));
      ledger.answers().keep("m", SPEC.dataset(), Map.of(blocked, ModelAnswer.of("too late")));

      assertThat(ledger.answers().kept("m", SPEC.dataset()))
          .isEqualTo(Map.of(example, first, blocked, new ModelAnswer("", "blocked")));
      assertThat(ledger.answers().kept("n", SPEC.dataset())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesTheSameEntriesFromTwoRunsAtTheSameMoment(LedgerKind kind) throws Exception {
    int rounds = 40;
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService runs = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> both = new ArrayList<>();
      for (int run = 0; run < 2; run++) {
        both.add(
            runs.submit(
                () -> {
                  try (Ledger ledger = open(kind)) {
                    for (int round = 0; round < rounds; round++) {
                      Map<String, ModelAnswer> answer = Map.of("e" + round, ModelAnswer.of("a"));
                      start.await(10, TimeUnit.SECONDS);
                      ledger.answers().keep("m", "d", answer);
                      ledger.steps().enter("input" + round, "check", "done");
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> run : both) {
        run.get(2, TimeUnit.MINUTES);
      }
    } finally {
      runs.shutdownNow();
    }
    try (Ledger ledger = open(kind)) {
      assertThat(ledger.answers().kept("m", "d")).hasSize(rounds);
      assertThat(ledger.steps().outcome("input" + (rounds - 1), "check")).contains("done");
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsTheChampionAndWhatWasDecidedBefore(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      Promotions promotions = ledger.promotions();
      assertThat(promotions.champion("talk")).isEmpty();
      enter(promotions, Kind.PROMOTED, "a-1", 0);
      enter(promotions, Kind.REFUSED, "b-1", 1);
      assertThat(promotions.champion("talk")).contains("a-1");
      enter(promotions, Kind.FORCED, "b-1", 2);

      assertThat(promotions.champion("talk")).contains("b-1");
      assertThat(promotions.champion("other")).isEmpty();
      assertThat(promotions.of("talk"))
          .extracting(Promotions.Entry::previous)
          .containsExactly(null, "a-1", "a-1");
      assertThat(promotions.of("talk").get(1).reasons()).containsExactly("one", "two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatTheGateSaidAndWhoseRulesTheyWere(LedgerKind kind) throws Exception {
    Verdict said = new Verdict("refused: 0.8 against 0.9", 2, List.of("one"));
    try (Ledger ledger = open(kind)) {
      Promotions promotions = ledger.promotions();
      promotions.enter(new Decision("talk", Kind.REFUSED, "a-1", "e", said, null), 0);
      promotions.enter(
          new Decision("talk", Kind.DECLINED, "a-1", null, Verdict.NOT_APPLIED, "too slow"), 1);

      assertThat(promotions.of("talk"))
          .extracting(Promotions.Entry::verdict)
          .containsExactly(said, Verdict.NOT_APPLIED);
      assertThat(promotions.of("talk").get(1).reason()).isEqualTo("too slow");
      assertThat(promotions.champion("talk")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesOneOfTwoDecisionsMadeAtOnce(LedgerKind kind) throws Exception {
    try (Ledger first = open(kind);
        Ledger second = open(kind)) {
      List<Boolean> entered =
          atOnce(
              () -> first.promotions().enter(decision(Kind.PROMOTED, "a-1"), 0).isPresent(),
              () -> second.promotions().enter(decision(Kind.PROMOTED, "b-1"), 0).isPresent());

      assertThat(entered).containsExactlyInAnyOrder(true, false);
      assertThat(first.promotions().of("talk")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void remembersEvaluationsAndSteps(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      ledger.evaluations().enter("a-1", SPEC.dataset(), "validation", "{\"accuracy\":0.5}", "x");
      ledger.steps().enter("input", "check", "fine");
      ledger.steps().enter("input", "check", "better");

      assertThat(ledger.evaluations().latest("a-1"))
          .map(Evaluations.Entry::figures)
          .contains("{\"accuracy\":0.5}");
      assertThat(ledger.evaluations().latest("a-1", SPEC.dataset(), "training")).isEmpty();
      assertThat(ledger.steps().outcome("input", "check")).contains("better");
      assertThat(ledger.steps().outcome("input", "tune")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotHoldItsPassword(LedgerKind kind) throws Exception {
    try (Ledger ledger = open(kind)) {
      assertThat(ledger.described()).doesNotContain(LedgerKind.PASSWORD);
    }
  }

  @Test
  void knowsItsMigrations() throws Exception {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/resources/dev/attune/launcher/ledger"))) {
      List<String> versions =
          files
              .map(file -> file.getFileName().toString())
              .map(name -> name.replaceFirst("^V([0-9]+)__.*\\.sql$", "$1"))
              .collect(Collectors.toCollection(ArrayList::new));
      versions.add(String.valueOf(new LocationFreeKeys().getVersion()));
      assertThat(versions).containsExactlyInAnyOrderElementsOf(LedgerDatabase.MIGRATIONS);
    }
  }

  @Test
  void refusesAFileThatIsNoLedger() throws Exception {
    Files.writeString(folder.resolve("ledger.mv.db"), "this is no database at all");

    assertThatThrownBy(() -> open(LedgerKind.H2))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("The ledger " + folder.resolve("ledger.mv.db"))
        .hasMessageContaining(" is damaged, truncated or not a ledger of Attune: ");
  }

  private static void enter(Promotions promotions, Kind kind, String model, int seen) {
    assertThat(promotions.enter(decision(kind, model), seen)).isPresent();
  }

  private static Decision decision(Kind kind, String model) {
    List<String> reasons = kind == Kind.PROMOTED ? List.of() : List.of("one", "two");
    return new Decision("talk", kind, model, null, new Verdict(null, null, reasons), null);
  }

  private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(List.of(one, other))) {
        results.add(future.get(30, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
