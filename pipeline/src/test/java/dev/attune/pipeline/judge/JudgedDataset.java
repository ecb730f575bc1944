package dev.attune.pipeline.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a published dataset.
 *
 * @param examples by full id
 * @param rejected one a line of rejected.jsonl
 * @param manifest manifest.json
 */
record JudgedDataset(
    Path folder,
    Map<String, WrittenExample> examples,
    List<RejectedLine> rejected,
    JsonNode manifest) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String TRAIN = "train.jsonl";
  static final String VALID = "valid.jsonl";

  /**
   * An example and its lineage.
   *
   * @param file where it stands
   * @param line its bytes as text
   */
  record WrittenExample(
      String id,
      String file,
      @Nullable String group,
      String cluster,
      String fingerprint,
      String line) {
    boolean inValidation() {
      return file.equals(VALID);
    }
  }

  /** A line of rejected.jsonl. */
  record RejectedLine(String id, String stage, String reason, @Nullable String duplicateOf) {}

  static JudgedDataset of(Path folder) throws IOException {
    Map<String, WrittenExample> examples = new LinkedHashMap<>();
    Map<String, List<String>> lines =
        Map.of(
            TRAIN, Files.readAllLines(folder.resolve(TRAIN)),
            VALID, Files.readAllLines(folder.resolve(VALID)));
    for (JsonNode line : json(folder.resolve("lineage.jsonl"))) {
      String file = line.get("file").asText();
      WrittenExample example =
          new WrittenExample(
              line.get("id").asText(),
              file,
              text(line, "group"),
              line.get("cluster").asText(),
              line.get("fingerprint").asText(),
              lines.getOrDefault(file, List.of()).get(line.get("line").asInt() - 1));
      if (examples.put(example.id(), example) != null) {
        throw new IllegalStateException("two examples have the id " + example.id());
      }
    }
    List<RejectedLine> rejected = new ArrayList<>();
    for (JsonNode line : json(folder.resolve("rejected.jsonl"))) {
      rejected.add(
          new RejectedLine(
              line.get("id").asText(),
              line.get("stage").asText(),
              line.get("reason").asText(),
              text(line, "duplicateOf")));
    }
    JsonNode manifest = JSON.readTree(Files.readString(folder.resolve("manifest.json")));
    return new JudgedDataset(folder, examples, rejected, manifest);
  }

  private static @Nullable String text(JsonNode line, String field) {
    JsonNode value = line.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  private static List<JsonNode> json(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  /** The texts of a line of the gemini format, turn by turn. */
  static List<String> turnsOf(WrittenExample example) throws IOException {
    List<String> turns = new ArrayList<>();
    for (JsonNode content : JSON.readTree(example.line()).get("contents")) {
      StringBuilder text = new StringBuilder();
      content.get("parts").forEach(part -> text.append(part.path("text").asText()));
      turns.add(text.toString());
    }
    return turns;
  }
}
