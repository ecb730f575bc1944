package dev.attune.launcher.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code ./attune}, Flink in its process, and a Flink cluster of processes, of which
 * some are killed. Run by .ci/checks/flink-cluster.sh, which builds the script's jars; {@code
 * target/flink-cluster.txt} has what was run, and for how long.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlinkClusterIT {
  private static final Path LIBRARIES = Path.of("target/lib");
  private static final List<String> SAME = List.of("train.jsonl", "valid.jsonl", "lineage.jsonl");
  private static final List<String> REPORT = new ArrayList<>();
  private static final int MILLION = 1_000_000;

  @TempDir private Path folder;

  @AfterAll
  static void report() throws IOException {
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/flink-cluster.txt"), REPORT);
  }

  @Test
  @Order(1)
  void makesTheSameBytesWhereverItRuns() throws Exception {
    Path one = Observations.write(folder.resolve("one"), 3_000, true, 1);
    Path two = Observations.write(folder.resolve("two"), 3_000, true, 2);
    Path three = Observations.write(folder.resolve("three"), 3_000, true, 3);
    try (StandaloneFlink cluster = new StandaloneFlink(folder.resolve("flink"), LIBRARIES, 2)) {
      succeeds(one, "direct", "--runner", "direct");
      succeeds(two, "embedded", "--runner", "flink");
      succeeds(three, "cluster", "--runner", "flink", "--", master(cluster));

      same("embedded", "direct");
      same("cluster", "direct");
      assertThat(counts("cluster").at("/rejected/byReason/NEAR_DUPLICATE").asInt()).isPositive();
      assertThat(counts("cluster")).isEqualTo(counts("direct")).isEqualTo(counts("embedded"));
    }
  }

  @Test
  @Order(2)
  void makesTheSameBytesWhenAWorkerIsKilled() throws Exception {
    Path ordered = Observations.write(folder.resolve("ordered"), MILLION, false, 1);
    Path shuffled = Observations.write(folder.resolve("shuffled"), MILLION, false, 2);
    succeeds(ordered, "embedded", "--runner", "flink");
    // Two work, one is spare.
    try (StandaloneFlink cluster = new StandaloneFlink(folder.resolve("flink"), LIBRARIES, 3);
        Attune run = start(shuffled, "cluster", master(cluster), "--parallelism=2")) {
      awaitParts(run, "cluster");
      double killed = run.seconds();
      cluster.killBusiestWorker();
      run.await();

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(cluster.recoveries()).isPositive();
      note("1,000,000 records, cluster, a worker killed after %.0f s", killed, run);
      same("cluster", "embedded");
      JsonNode counts = counts("cluster");
      assertThat(counts).isEqualTo(counts("embedded"));
      assertThat(counts.at("/read/total").asInt()).isEqualTo(MILLION);
      assertThat(
              counts.at("/training").asInt()
                  + counts.at("/validation").asInt()
                  + counts.at("/rejected/total").asInt())
          .isEqualTo(MILLION);
    }
  }

  @Test
  @Order(3)
  void endsWithASentenceWhenTheJobManagerIsKilled() throws Exception {
    Path input = Observations.write(folder.resolve("input"), 100_000, false, 1);
    try (StandaloneFlink cluster = new StandaloneFlink(folder.resolve("flink"), LIBRARIES, 2)) {
      try (Attune run = start(input, "one", master(cluster))) {
        awaitParts(run, "one");
        cluster.killJobManager();
        double killed = run.seconds();
        run.await();
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.said())
            .containsExactly(
                "Preparing notes with the flink runner",
                "The Flink cluster at "
                    + cluster.address()
                    + " lost its job manager during the run, and nothing was published: see that"
                    + " it runs again, and repeat the same command.");
        assertThat(run.seconds() - killed).as("seconds until it is noticed").isLessThan(30);
        assertThat(datasets().resolve("one")).doesNotExist();
        note("100,000 records, job manager killed after %.0f s: exit 1", killed, run);
      }
      // The workers still look for the job manager.
      succeeds(input, "one", "--runner", "flink");
      cluster.startJobManager();
      cluster.awaitWorkers(2);
      succeeds(input, "two", "--runner", "flink", "--", master(cluster));
      same("one", "two");
      assertThat(names(datasets())).containsExactly(".attune.lock", "one", "two");
    }
  }

  @Test
  @Order(4)
  void takesItsJobWithItWhenItIsEnded() throws Exception {
    Path input = Observations.write(folder.resolve("input"), 30_000, false, 1);
    try (StandaloneFlink cluster = new StandaloneFlink(folder.resolve("flink"), LIBRARIES, 1)) {
      try (Attune run = start(input, "one", master(cluster))) {
        awaitJob(run, cluster);
        run.end();
        run.await();
        assertThat(run.exit()).as(run.err()).isEqualTo(143);
        assertThat(run.err()).doesNotContain("xception");
      }
      awaitNoJob(cluster);
      try (Attune run = start(input, "one", master(cluster))) {
        awaitJob(run, cluster);
        run.kill();
      }
      assertThat(cluster.running()).isEqualTo(1);
      // It ends the job that the killed one left, and so has the worker for itself.
      succeeds(input, "one", "--runner", "flink", "--", master(cluster));
      assertThat(names(datasets())).containsExactly(".attune.lock", "one");
    }
  }

  private static String master(StandaloneFlink cluster) {
    return "--flinkMaster=" + cluster.address();
  }

  private Attune start(Path input, String runId, String... beamOptions) throws IOException {
    List<String> args =
        new ArrayList<>(List.of("prepare", "--run-id", runId, "--runner", "flink", "--"));
    args.addAll(List.of(beamOptions));
    return Attune.start(input, args.toArray(String[]::new));
  }

  private void succeeds(Path input, String runId, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("prepare", "--run-id", runId));
    all.addAll(List.of(args));
    Attune run = Attune.run(input, all.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.said()).hasSize(1);
    REPORT.add(
        String.format(
            Locale.ROOT,
            "%,d records, run id %s, attune prepare %s: %.1f s",
            counts(runId).at("/read/total").asInt(),
            runId,
            String.join(" ", args),
            run.seconds()));
  }

  private void note(String what, double after, Attune run) {
    REPORT.add(String.format(Locale.ROOT, what + ", %.1f s in all", after, run.seconds()));
  }

  /** Until the first lines stand in a temporary folder: the run is in its second half. */
  private void awaitParts(Attune run, String runId) throws Exception {
    while (run.runs()) {
      try (Stream<Path> files = Files.walk(datasets())) {
        if (files.anyMatch(
            file -> file.toString().matches(".*/\\.tmp\\." + runId + "\\..*/lines-.*"))) {
          return;
        }
      } catch (IOException | java.io.UncheckedIOException e) {
        // It comes and goes.
        continue;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("it ended before it was killed\n" + run.err());
  }

  private static void awaitJob(Attune run, StandaloneFlink cluster) throws Exception {
    while (run.runs()) {
      if (cluster.running() == 1) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("it ended before it was killed\n" + run.err());
  }

  private static void awaitNoJob(StandaloneFlink cluster) throws Exception {
    for (int i = 0; i < 300 && cluster.running() > 0; i++) {
      Thread.sleep(100);
    }
    assertThat(cluster.running()).isZero();
  }

  private Path datasets() {
    return folder.resolve("datasets/notes");
  }

  private JsonNode counts(String runId) throws IOException {
    Path manifest = datasets().resolve(runId).resolve("manifest.json");
    return new ObjectMapper().readTree(manifest.toFile()).path("counts");
  }

  private void same(String runId, String other) {
    for (String file : SAME) {
      assertThat(datasets().resolve(runId).resolve(file))
          .hasSameBinaryContentAs(datasets().resolve(other).resolve(file));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
