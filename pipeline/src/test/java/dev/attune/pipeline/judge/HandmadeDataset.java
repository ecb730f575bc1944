package dev.attune.pipeline.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A dataset written by hand, right or wrong. */
final class HandmadeDataset {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<String, List<JudgedRecord>> files = new HashMap<>();
  private final Map<String, String> clusters = new HashMap<>();
  private final List<ObjectNode> rejected = new ArrayList<>();
  private final List<JudgedRecord> records = new ArrayList<>();
  private final ObjectNode split =
      JSON.createObjectNode()
          .put("groupsAcrossSplits", 0)
          .put("promptsAcrossSplits", 0)
          .put("beginningsAcrossSplits", 0)
          .put("nearDuplicatesAcrossSplits", 0);

  HandmadeDataset(Path folder) {
    this.folder = folder;
  }

  /** Every record that is or should be in it. */
  List<JudgedRecord> records() {
    return records;
  }

  HandmadeDataset train(JudgedRecord record) {
    return put(JudgedDataset.TRAIN, record);
  }

  HandmadeDataset valid(JudgedRecord record) {
    return put(JudgedDataset.VALID, record);
  }

  private HandmadeDataset put(String file, JudgedRecord record) {
    files.computeIfAbsent(file, name -> new ArrayList<>()).add(record);
    records.add(record);
    return this;
  }

  /** A record that is nowhere. */
  HandmadeDataset lost(JudgedRecord record) {
    records.add(record);
    return this;
  }

  HandmadeDataset reject(JudgedRecord record, String reason, @Nullable String duplicateOf) {
    rejected.add(
        JSON.createObjectNode()
            .put("id", record.id())
            .put("stage", "dedup")
            .put("reason", reason)
            .put("duplicateOf", duplicateOf));
    return lost(record);
  }

  HandmadeDataset cluster(String id, String cluster) {
    clusters.put(id, cluster);
    return this;
  }

  HandmadeDataset figure(String name, @Nullable Integer value) {
    split.put(name, value);
    return this;
  }

  JudgedDataset write() throws IOException {
    StringBuilder lineage = new StringBuilder();
    ObjectNode manifest = JSON.createObjectNode();
    ObjectNode counts = manifest.putObject("counts");
    for (String file : List.of(JudgedDataset.TRAIN, JudgedDataset.VALID)) {
      TreeMap<String, JudgedRecord> sorted = new TreeMap<>();
      for (JudgedRecord each : files.getOrDefault(file, List.of())) {
        sorted.put(sha256(line(each)), each);
      }
      StringBuilder lines = new StringBuilder();
      int number = 0;
      for (Map.Entry<String, JudgedRecord> each : sorted.entrySet()) {
        JudgedRecord record = each.getValue();
        lines.append(line(record)).append('\n');
        lineage
            .append(
                JSON.createObjectNode()
                    .put("file", file)
                    .put("line", ++number)
                    .put("id", record.id())
                    .put("group", record.group())
                    .put("cluster", clusters.getOrDefault(record.id(), record.id()))
                    .put("fingerprint", each.getKey()))
            .append('\n');
      }
      Files.writeString(folder.resolve(file), lines);
      counts.put(file.equals(JudgedDataset.TRAIN) ? "training" : "validation", number);
    }
    Files.writeString(folder.resolve("lineage.jsonl"), lineage);
    StringBuilder lines = new StringBuilder();
    ObjectNode total = counts.putObject("rejected").put("total", rejected.size());
    ObjectNode reasons = total.putObject("byReason");
    for (ObjectNode line : rejected) {
      lines.append(line).append('\n');
      String reason = line.get("reason").asText();
      reasons.put(reason, reasons.path(reason).asInt() + 1);
    }
    Files.writeString(folder.resolve("rejected.jsonl"), lines);
    counts.putObject("read").put("total", records.size());
    manifest.set("split", split);
    Files.writeString(folder.resolve("manifest.json"), manifest.toString());
    return JudgedDataset.of(folder);
  }

  private static String line(JudgedRecord record) {
    ObjectNode line = JSON.createObjectNode();
    ArrayNode contents = line.putArray("contents");
    record
        .turns()
        .forEach(turn -> contents.addObject().putArray("parts").addObject().put("text", turn));
    // Two records may say the same; their lines differ here.
    return line.put("id", record.id()).toString();
  }

  private static String sha256(String line) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
