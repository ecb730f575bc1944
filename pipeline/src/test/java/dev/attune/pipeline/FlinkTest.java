package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.ConfigLoader;
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
      Path one = Prepare.run(ordered.write(records, "}"), "one").directory();
      Path other =
          Prepare.run(mixed.write(shuffled, "}"), "one", PrepareRunner.FLINK, "--parallelism=3")
              .directory();

      for (String file : List.of("train.jsonl", "valid.jsonl")) {
        assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
      }
      assertThat(Prepare.json(other.resolve("manifest.json")).get("counts"))
          .isEqualTo(Prepare.json(one.resolve("manifest.json")).get("counts"));
      assertThat(Prepare.names(other)).containsAll(FILES);
    }
  }

  @Test
  void isChosenFrom64MebibytesOfInputOn() throws Exception {
    assertThat(chosen((64 << 20) - 4)).isEqualTo(PrepareRunner.DIRECT);
    assertThat(chosen(64 << 20)).isEqualTo(PrepareRunner.FLINK);
  }

  private PrepareRunner chosen(int bytes) throws Exception {
    // Blank lines are no records, so that nothing else is slow here.
    byte[] blank = new byte[bytes];
    Arrays.fill(blank, (byte) '\n');
    Files.write(folder.resolve("blank.jsonl"), blank);
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            "dataset: talk\ntask: conversation\nsources: {generated: {files: [blank.jsonl]}}\n");
    PrepareRequest request =
        new PrepareRequest(ConfigLoader.load(yaml), "one", null, Map.of(), null, List.of());
    return Preparation.of(request).suitableRunner();
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
                + "; see that the cluster is running, or correct --flinkMaster.");
  }

  @Test
  void takesItsRunnerBeforeTheDashes() {
    assertThatThrownBy(
            () -> RunnerOptions.of(List.of("--runner=FlinkRunner"), PrepareRunner.DIRECT))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage("--runner stands before --: direct or flink.");
  }
}
