package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.run.flink.FlinkCluster;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkTest {
  private static final List<String> FILES =
      List.of("train.jsonl", "valid.jsonl", "lineage.jsonl", "rejected.jsonl", "manifest.json");

  @TempDir private Path folder;

  @Test
  void makesTheBytesOfTheDirectRunnerFromShuffledInput() throws Exception {
    Random random = new Random(7);
    List<Planted> records = Mixture.of(400, true, random);
    Path direct = Files.createDirectory(folder.resolve("direct"));
    Path flink = Files.createDirectory(folder.resolve("flink"));
    List<Planted> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, random);
    try (MixtureFiles ordered = new MixtureFiles(direct, random);
        MixtureFiles mixed = new MixtureFiles(flink, random)) {
      Path one = Prepare.run(ordered.write(records, "}"), "one").directory().local();
      Path other =
          Prepare.run(mixed.write(shuffled, "}"), "one", PrepareRunner.FLINK, "--parallelism=3")
              .directory()
              .local();

      for (String file : List.of("train.jsonl", "valid.jsonl")) {
        assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
      }
      assertThat(Prepare.json(other.resolve("manifest.json")).get("counts"))
          .isEqualTo(Prepare.json(one.resolve("manifest.json")).get("counts"));
      assertThat(Prepare.names(other)).containsAll(FILES);
    }
  }

  /** Beam's own joins hold 10,000 values of a key and then fail on Flink. */
  @Test
  void takesMoreThanTenThousandRecordsOfOneGroupAndOfOneText() throws Exception {
    int each = 11_000;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < each; i++) {
      lines.append(sample("g" + i, "one", "what is " + i + " plus " + i, "it is " + 2 * i));
      lines.append(sample("t" + i, "u" + i, "who is there", "nobody but me"));
    }
    Prepare.write(folder.resolve("a.jsonl"), lines.toString());
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: talk
            task: conversation
            sources: {generated: {files: [a.jsonl]}}
            output: {directory: out}
            quality: {minimum: 0}
            duplicates: {near: false}
            split: {validation: 0}
            redact: []
            """);

    Path flink =
        Prepare.run(yaml, "flink", PrepareRunner.FLINK, "--parallelism=2").directory().local();

    JsonNode counts = Prepare.json(flink.resolve("manifest.json")).get("counts");
    assertThat(counts.at("/read/total").asInt()).isEqualTo(2 * each);
    assertThat(counts.at("/rejected/byReason/EXACT_DUPLICATE").asInt()).isEqualTo(each - 1);
    assertAllWorkIsCounted(2 * each);
    Path direct = Prepare.run(yaml, "direct").directory().local();
    assertAllWorkIsCounted(2 * each);
    for (String file : List.of("train.jsonl", "valid.jsonl", "lineage.jsonl", "rejected.jsonl")) {
      assertThat(flink.resolve(file)).hasSameBinaryContentAs(direct.resolve(file));
    }
  }

  /** What is shown while it runs must come to all of it, on either engine. */
  private void assertAllWorkIsCounted(int records) throws IOException {
    assertThat(WorkDone.of(Kind.RECORDS_READ)).isEqualTo(records);
    assertThat(WorkDone.of(Kind.INPUT_BYTES)).isEqualTo(Files.size(folder.resolve("a.jsonl")));
    assertThat(WorkDone.of(Kind.RECORDS_ENCODED)).isEqualTo(records);
    assertThat(WorkDone.of(Kind.RECORDS_WRITTEN)).isEqualTo(records);
    assertThat(WorkDone.of(Kind.FILE_BYTES)).isGreaterThan(WorkDone.of(Kind.PART_BYTES));
    assertThat(WorkDone.of(Kind.PROVEN_BYTES)).isEqualTo(WorkDone.of(Kind.PART_BYTES));
  }

  @Test
  void saysThatAGroupIsTooLargeToSort() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6_000; i++) {
      lines.append(sample("g" + i, "one", "what is " + i + " plus " + i, "it is " + 2 * i));
    }
    Prepare.write(folder.resolve("a.jsonl"), lines.toString());
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: talk
            task: conversation
            sources: {generated: {files: [a.jsonl]}}
            output: {directory: out}
            quality: {minimum: 0}
            duplicates: {near: false}
            """);
    Prepare.write(
        folder.resolve("conf/config.yaml"),
        """
        jobmanager.scheduler: Default
        rest.bind-address: 127.0.0.1
        jobmanager.bind-host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.memory.network.min: 256mb
        taskmanager.memory.network.max: 256mb
        taskmanager.memory.managed.size: 8mb
        """);
    String conf = "--flinkConfDir=" + folder.resolve("conf");

    assertThatThrownBy(
            () -> Prepare.run(yaml, "flink", PrepareRunner.FLINK, "--parallelism=1", conf))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("A group, or what is joined to one, has more records than Flink");
  }

  private static String sample(String id, String group, String prompt, String response) {
    return "{\"id\":\"%s\",\"group\":\"%s\",\"prompt\":\"%s\",\"response\":\"%s\"}\n"
        .formatted(id, group, prompt, response);
  }

  /** What a killed run left, with its spilled files; and what is not its own stays. */
  @Test
  void leavesNothingBesideTheDataset() throws Exception {
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: talk
            task: conversation
            sources: {generated: {files: [a.jsonl]}}
            quality: {minimum: 0}
            output: {directory: "it's out"}
            """);
    Prepare.write(folder.resolve("a.jsonl"), sample("1", "g", "a b c", "d e f."));
    Path runs = Files.createDirectories(folder.resolve("it's out/talk"));
    Prepare.write(runs.resolve(".tmp.one.killed/flink/minicluster_1/blob"), "left");

    Prepare.run(yaml, "one", PrepareRunner.FLINK, "--parallelism=1");

    assertThat(Prepare.names(runs)).containsExactly(".attune.lock", "one");
  }

  @Test
  void isChosenForMoreInputThanThreeQuartersOfTheHeap() throws Exception {
    int heap = 4 << 20;
    assertThat(chosen(heap / 4 * 3, heap)).isEqualTo(PrepareRunner.LOCAL);
    assertThat(chosen(heap / 4 * 3 + 1, heap)).isEqualTo(PrepareRunner.FLINK);
  }

  private PrepareRunner chosen(int bytes, int heap) throws Exception {
    // Blank lines are no records, so that nothing else is slow here.
    byte[] blank = new byte[bytes];
    Arrays.fill(blank, (byte) '\n');
    Files.write(folder.resolve("blank.jsonl"), blank);
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            "dataset: talk\ntask: conversation\nsources: {generated: {files: [blank.jsonl]}}\n");
    PrepareRequest request =
        new PrepareRequest(ConfigLoader.load(yaml), "one", null, Map.of(), null, List.of(), null);
    return PreparePlan.of(request, PrepareProgress.NONE).sizing().suitableRunner(heap);
  }

  @Test
  void saysThatAClusterIsNotThere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            "dataset: talk\ntask: conversation\nsources: {generated: {files: [a.jsonl]}}\n");
    Prepare.write(
        folder.resolve("a.jsonl"), "{\"id\":\"1\",\"prompt\":\"a b c\",\"response\":\"d e f.\"}\n");

    assertThatThrownBy(
            () -> Prepare.run(yaml, "one", PrepareRunner.FLINK, "--flinkMaster=127.0.0.1:" + port))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage(
            "No Flink job manager answers at 127.0.0.1:"
                + port
                + ": start the cluster, or correct --flinkMaster.");
  }

  @Test
  void saysThatAClusterHasNoAddress() {
    for (String master : List.of("nonsense:port", "[auto]", "ftp://a:1", "host name:1", "")) {
      assertThatThrownBy(
              () ->
                  FlinkCluster.of(
                      RunnerOptions.of(List.of("--flinkMaster=" + master), PrepareRunner.FLINK)))
          .isInstanceOf(PrepareRefusedException.class)
          .hasMessage(
              "--flinkMaster takes HOST:PORT of a Flink job manager and is "
                  + master
                  + ": correct it after --, or leave it out for Flink in this process.");
    }
  }

  @Test
  void takesItsRunnerBeforeTheDashes() {
    assertThatThrownBy(
            () -> RunnerOptions.of(List.of("--runner=FlinkRunner"), PrepareRunner.DIRECT))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage(
            "--runner belongs before --; its values are local, direct, flink and dataflow.");
  }
}
