package dev.attune.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.prepare.PrepareRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations from the field, of which questions of validation once stood in training. */
class FieldCasesTest {
  @TempDir private Path folder;

  private static List<JudgedRecord> records(String resource) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JudgedRecord> records = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(FieldCasesTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = json.readTree(line);
        List<String> turns = new ArrayList<>();
        if (node.has("turns")) {
          node.get("turns").forEach(turn -> turns.add(turn.get("text").asText()));
        } else {
          turns.add(node.get("prompt").asText());
          turns.add(node.get("response").asText());
        }
        records.add(
            JudgedRecord.of(node.get("id").asText(), turns.toArray(String[]::new))
                .rated(node.get("quality").asInt() * 10));
      }
    }
    return records;
  }

  @Test
  void beginningsAndPromptsInAnotherWritingStayTogether() throws Exception {
    JudgedRules rules = JudgedRules.ofConversation();
    List<JudgedRecord> records = records("/cases/conversation/prefixes-and-same-prompts.jsonl");
    for (boolean near : List.of(true, false)) {
      JudgedRules asked = rules.near(near);
      JudgedDataset dataset =
          JudgedDataset.of(
              new JudgedRun(folder, asked)
                  .by(PrepareRunner.LOCAL, JudgedRun.ENFORCED)
                  .prepare("near-" + near, records)
                  .directory()
                  .local());
      assertThat(DatasetJudge.findings(new JudgedCase(asked, records, dataset)))
          .as("near: %s", near)
          .isEmpty();
      assertThat(dataset.rejected()).as("near: %s", near).isEmpty();
      assertThat(dataset.examples()).hasSameSizeAs(records);
      assertThat(dataset.lines(JudgedDataset.VALID)).isNotEmpty();
    }
  }
}
