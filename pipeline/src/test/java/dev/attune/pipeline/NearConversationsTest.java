package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.prepare.PrepareResult;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users see of near conversations, from files to files. */
class NearConversationsTest {
  private static final String CASE = "NearConversationsTest/one-context-and-no-blanks.jsonl";

  @TempDir Path folder;

  @Test
  void areKeptWithTheirContextAndDroppedWithoutSpaces() throws Exception {
    try (InputStream in = getClass().getResourceAsStream(CASE)) {
      Files.write(folder.resolve("g.jsonl"), Objects.requireNonNull(in).readAllBytes());
    }
    PrepareResult result = prepare("case");

    Map<String, JsonNode> rejected =
        Prepare.lines(result.directory().local().resolve("rejected.jsonl")).stream()
            .filter(line -> line.get("reason").asText().equals("NEAR_DUPLICATE"))
            .collect(Collectors.toMap(line -> line.get("id").asText(), line -> line));
    assertThat(rejected).containsOnlyKeys("generated:zh2");
    assertThat(Objects.requireNonNull(rejected.get("generated:zh2")).get("duplicateOf").asText())
        .isEqualTo("generated:zh0");
    Map<String, JsonNode> lineage = lineage(result);
    assertThat(lineage)
        .containsKeys("generated:ctx0", "generated:ctx1", "generated:ctx2")
        .containsKeys("generated:zh0", "generated:zh1");
    // One unit, in one file.
    for (String id : List.of("generated:ctx1", "generated:ctx2")) {
      assertThat(node(lineage, id).get("cluster").asText()).isEqualTo("generated:ctx0");
      assertThat(node(lineage, id).get("file"))
          .isEqualTo(node(lineage, "generated:ctx0").get("file"));
    }
    assertThat(node(lineage, "generated:zh1").get("cluster").asText()).isEqualTo("generated:zh1");
  }

  @Test
  void ofOneInstructionAreDividedAndNoneOfTrainingIsNearValidation() throws Exception {
    Random random = new Random(5);
    StringBuilder instruction = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      instruction.append('i').append(i).append(' ');
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      String question = words(random, "q", 8);
      lines.append(line("a" + i, instruction + question, words(random, "r", 4)));
      if (i % 10 == 0) {
        // Near but for the template, and with another answer: one unit with the one before.
        lines.append(line("b" + i, instruction + question + " too", words(random, "r", 4)));
      }
    }
    Prepare.write(folder.resolve("g.jsonl"), lines.toString());
    PrepareResult result = prepare("instruction");

    JsonNode manifest = Prepare.json(result.directory().local().resolve("manifest.json"));
    assertThat(manifest.get("split").get("nearDuplicatesAcrossSplits").asLong()).isZero();
    assertThat(manifest.get("counts").get("rejected").get("total").asLong()).isZero();
    assertThat(manifest.get("counts").get("validation").asLong()).isBetween(90L, 170L);
    Map<String, JsonNode> lineage = lineage(result);
    assertThat(lineage).hasSize(660);
    for (int i = 0; i < 600; i += 10) {
      assertThat(node(lineage, "generated:b" + i).get("cluster"))
          .isEqualTo(node(lineage, "generated:a" + i).get("cluster"));
    }
  }

  private PrepareResult prepare(String runId) throws Exception {
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: near
            task: conversation
            sources:
              generated: {files: [g.jsonl]}
            redact: []
            split: {validation: 0.2}
            output: {directory: out}
            """);
    return Prepare.run(yaml, runId, Prepare.ENFORCED);
  }

  private static Map<String, JsonNode> lineage(PrepareResult result) throws Exception {
    return Prepare.lines(result.directory().local().resolve("lineage.jsonl")).stream()
        .collect(Collectors.toMap(line -> line.get("id").asText(), line -> line));
  }

  private static JsonNode node(Map<String, JsonNode> lines, String id) {
    return Objects.requireNonNull(lines.get(id), id);
  }

  private static String words(Random random, String letter, int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : " ").append(letter).append(random.nextInt(100_000));
    }
    return words.toString();
  }

  private static String line(String id, String prompt, String response) {
    return "{\"id\":\"%s\",\"prompt\":\"%s\",\"response\":\"%s\",\"quality\":9}%n"
        .formatted(id, prompt, response);
  }
}
