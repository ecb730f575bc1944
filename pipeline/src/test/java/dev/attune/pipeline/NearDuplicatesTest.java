package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.prepare.PrepareResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users see of near duplicates, from files to files. */
class NearDuplicatesTest {
  private static final String WORDS = "we sorted the red buttons from the blue ones and counted";

  @TempDir Path folder;

  @Test
  void areDroppedNamedCountedAndHeldTogether() throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add(line("first", WORDS, "speaking", "2026-01-01", null));
    lines.add(line("near", WORDS + " them", "speaking", "2026-01-02", "g-1"));
    lines.add(line("equal", WORDS.toUpperCase(Locale.ROOT), "speaking", "2026-01-03", null));
    lines.add(line("other", WORDS + " all", "moving", "2026-01-04", null));
    lines.add(line("mate", "nothing of that kind was said", "speaking", "2026-01-05", "g-1"));
    lines.add(line("apart", "a sentence that stands for itself", "moving", "2026-01-06", null));
    Prepare.write(folder.resolve("o.jsonl"), String.join("\n", lines) + "\n");
    Prepare.write(folder.resolve("taxonomy.json"), "[\"speaking\",\"moving\"]");
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: near
            task: classification
            taxonomy: taxonomy.json
            sources:
              observations:
                files: [o.jsonl]
                columns: {id: id, group: child, text: text, categories: domains, createdAt: at}
            redact: []
            output: {directory: out}
            """);

    PrepareResult result = Prepare.run(yaml, "one", Prepare.ENFORCED);

    JsonNode dropped =
        Objects.requireNonNull(rejected(result.directory().local()).get("observations:near"));
    assertThat(dropped.get("reason").asText()).isEqualTo("NEAR_DUPLICATE");
    assertThat(dropped.get("stage").asText()).isEqualTo("dedup");
    assertThat(dropped.get("duplicateOf").asText()).isEqualTo("observations:first");
    assertThat(dropped.get("detail").asText())
        .isEqualTo("Another record is at least duplicates.similarity like it.");
    assertThat(rejected(result.directory().local()))
        .containsOnlyKeys("observations:near", "observations:equal");
    // The one with another category, and the one of the dropped one's group.
    Map<String, String> clusters =
        Prepare.lines(result.directory().local().resolve("lineage.jsonl")).stream()
            .collect(
                Collectors.toMap(
                    line -> line.get("id").asText(), line -> line.get("cluster").asText()));
    assertThat(clusters)
        .isEqualTo(
            Map.of(
                "observations:first", "observations:first",
                "observations:other", "observations:first",
                "observations:mate", "observations:first",
                "observations:apart", "observations:apart"));
    assertThat(result.summary().notes())
        .contains(
            "3 of 4 examples are one unit, which the split cannot divide: from 3 groups"
                + " joined by near texts and equal prompts; its smallest id is"
                + " observations:first.");
  }

  private static Map<String, JsonNode> rejected(Path dataset) throws Exception {
    return Prepare.lines(dataset.resolve("rejected.jsonl")).stream()
        .collect(Collectors.toMap(line -> line.get("id").asText(), line -> line));
  }

  private static String line(
      String id, String text, String category, String at, @Nullable String child) {
    String group = child == null ? "" : "\"child\":\"" + child + "\",";
    return "{\"id\":\"%s\",%s\"text\":\"%s\",\"domains\":\"%s\",\"at\":\"%s\"}"
        .formatted(id, group, text, category, at);
  }
}
