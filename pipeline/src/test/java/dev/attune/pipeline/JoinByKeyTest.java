package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.run.JoinsInTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records are joined with their units and neighbourhoods by key where a side input is too large.
 */
class JoinByKeyTest {
  private static final int RECORDS = 1_500;
  private static final List<String> CATEGORIES = List.of("speaking", "moving", "number");

  @TempDir private Path folder;

  @AfterEach
  void reset() {
    JoinsInTests.reset();
  }

  @Test
  void makesTheBytesAndTheSentencesThatASideInputMakes() throws Exception {
    Path yaml = input();
    PrepareResult viewed = Prepare.run(yaml, "viewed", Prepare.ENFORCED);
    JoinsInTests.byKey();
    PrepareResult joined = Prepare.run(yaml, "joined", Prepare.ENFORCED);

    Map<String, Integer> reasons = reasons(viewed);
    assertThat(reasons).containsKeys("NEAR_DUPLICATE", "EXACT_DUPLICATE");
    assertThat(reasons.get("NEAR_DUPLICATE")).isGreaterThan(50);
    assertThat(content(joined)).isEqualTo(content(viewed));
    assertThat(joined.summary().fingerprint()).isEqualTo(viewed.summary().fingerprint());
    assertThat(joined.summary().notes()).isEqualTo(viewed.summary().notes());
    assertThat(together(joined)).isEqualTo(together(viewed)).contains("near texts", " joined by ");
  }

  /** Texts of which a third are near or equal to an earlier one, in groups, each with a rank. */
  private Path input() throws Exception {
    Random random = new Random(7);
    StringBuilder lines = new StringBuilder();
    String[] texts = new String[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      StringBuilder text = new StringBuilder();
      if (i > 10 && i % 3 == 0) {
        text.append(texts[random.nextInt(i)]).append(i % 2 == 0 ? " again" : "");
      } else {
        for (int word = 0; word < 25; word++) {
          text.append(word == 0 ? "" : " ").append("w").append(random.nextInt(4_000));
        }
      }
      texts[i] = text.toString();
      lines.append(
          "{\"id\":\"%d\",\"child\":\"g-%d\",\"text\":\"%s\",\"domains\":\"%s\"}\n"
              .formatted(i, i / 2, texts[i], CATEGORIES.get(i % 3)));
    }
    Prepare.write(folder.resolve("o.jsonl"), lines.toString());
    Prepare.write(folder.resolve("taxonomy.json"), "[\"speaking\",\"moving\",\"number\"]");
    return Prepare.write(
        folder.resolve("attune.yaml"),
        """
        dataset: joined
        task: classification
        taxonomy: taxonomy.json
        sources:
          observations:
            files: [o.jsonl]
            columns: {id: id, group: child, text: text, categories: domains}
        redact: []
        limits: {rejectedFraction: 1}
        output: {directory: out}
        """);
  }

  private static Map<String, Integer> reasons(PrepareResult result) throws Exception {
    Map<String, Integer> reasons = new HashMap<>();
    for (JsonNode line : Prepare.lines(result.directory().local().resolve("rejected.jsonl"))) {
      reasons.merge(line.get("reason").asText(), 1, Integer::sum);
    }
    return reasons;
  }

  private static Map<String, String> content(PrepareResult result) throws Exception {
    Map<String, String> content = new TreeMap<>();
    for (String file : List.of("train", "valid", "lineage", "rejected")) {
      content.put(file, Files.readString(result.directory().local().resolve(file + ".jsonl")));
    }
    return content;
  }

  /** The report's sentence about the largest unit, which names why it is one. */
  private static String together(PrepareResult result) throws Exception {
    String report = Files.readString(result.directory().local().resolve("report.html"));
    int from = report.indexOf("The largest unit");
    return report.substring(from, report.indexOf("its smallest id", from));
  }
}
