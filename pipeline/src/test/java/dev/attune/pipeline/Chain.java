package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Datasets that build on one another, of generated samples. */
final class Chain {
  static final List<String> FILES = List.of("train.jsonl", "valid.jsonl");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private String rules = "split: {validation: 0.3, by: group, seed: '1'}\n";
  private String head = "dataset: answers\ntask: conversation\n";

  Chain(Path folder) {
    this.folder = folder;
  }

  Chain withRules(String yaml) {
    rules = yaml;
    return this;
  }

  Chain withHead(String yaml) {
    head = yaml;
    return this;
  }

  /** Prepares these records on a dataset, or on none. */
  Path prepare(String runId, @Nullable Path previous, List<ObjectNode> records)
      throws IOException, ConfigException, PrepareRefusedException {
    return prepare(runId, previous, PrepareRunner.LOCAL, records);
  }

  Path prepare(
      String runId,
      @Nullable Path previous,
      PrepareRunner runner,
      List<ObjectNode> records,
      String... beamOptions)
      throws IOException, ConfigException, PrepareRefusedException {
    return result(runId, previous, runner, records, beamOptions).directory().local();
  }

  PrepareResult result(
      String runId,
      @Nullable Path previous,
      PrepareRunner runner,
      List<ObjectNode> records,
      String... beamOptions)
      throws IOException, ConfigException, PrepareRefusedException {
    return PrepareDataset.run(
        request(runId, previous, runner, records, beamOptions), PrepareProgress.NONE);
  }

  PrepareRequest request(
      @Nullable String runId,
      @Nullable Path previous,
      PrepareRunner runner,
      List<ObjectNode> records,
      String... beamOptions)
      throws IOException, ConfigException {
    StringBuilder lines = new StringBuilder();
    records.forEach(line -> lines.append(line).append('\n'));
    Prepare.write(folder.resolve("samples.jsonl"), lines.toString());
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            head
                + "sources: {generated: {files: [samples.jsonl]}}\n"
                + rules
                + "output: {directory: out}\n");
    return new PrepareRequest(
        ConfigLoader.load(yaml),
        runId,
        null,
        Map.of(),
        runner,
        Arrays.asList(beamOptions),
        previous == null ? null : Place.of(previous));
  }

  /** A sample whose words nobody else's of another seed are like. */
  static ObjectNode sample(String id, int seed) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("prompt", words(seed, 14))
        .put("response", words(-1 - seed, 14))
        .put("quality", 9);
  }

  static String words(int seed, int count) {
    Random random = new Random(31L * seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ");
      for (int letter = 0; letter < 6; letter++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  /**
   * So many samples from that number on, three of a group, every fifth a child of the one before.
   */
  static List<ObjectNode> samples(int from, int count) {
    List<ObjectNode> samples = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      ObjectNode sample = sample("s" + i, i);
      if (i % 2 == 0) {
        sample.put("group", "g" + i / 6);
      }
      if (i % 5 == 4) {
        sample.put("parent", "generated:s" + (i - 1));
      }
      samples.add(sample);
    }
    return samples;
  }

  static List<ObjectNode> together(List<ObjectNode> some, List<ObjectNode> others) {
    List<ObjectNode> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  static List<ObjectNode> shuffled(List<ObjectNode> samples) {
    List<ObjectNode> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(5));
    return shuffled;
  }

  /** Full ids of the examples of a file, in its order. */
  static List<String> ids(Path dataset, String file) throws IOException {
    return Prepare.lines(dataset.resolve("lineage.jsonl")).stream()
        .filter(line -> line.get("file").asText().equals(file))
        .map(line -> line.get("id").asText())
        .toList();
  }

  /** What rejected.jsonl says of a record. */
  static JsonNode rejected(Path dataset, String id) throws IOException {
    List<JsonNode> found =
        Prepare.lines(dataset.resolve("rejected.jsonl")).stream()
            .filter(line -> line.get("id").asText().equals(id))
            .toList();
    assertThat(found).as("rejected records with the id " + id).hasSize(1);
    return found.get(0);
  }

  /**
   * Every line of the first stands in the file of the same name of the second, with its lineage.
   */
  static void assertCarriedOver(Path previous, Path dataset) throws IOException {
    for (String file : FILES) {
      assertThat(Files.readAllLines(dataset.resolve(file)))
          .containsAll(Files.readAllLines(previous.resolve(file)));
      assertThat(Files.readAllLines(dataset.resolve(file))).doesNotHaveDuplicates();
    }
    List<JsonNode> before = Prepare.lines(previous.resolve("lineage.jsonl"));
    List<JsonNode> after = Prepare.lines(dataset.resolve("lineage.jsonl"));
    for (JsonNode line : before) {
      assertThat(after).filteredOn(other -> said(other).equals(said(line))).hasSize(1);
    }
    JsonNode manifest = Prepare.json(dataset.resolve("manifest.json"));
    JsonNode old = Prepare.json(previous.resolve("manifest.json"));
    assertThat(manifest.at("/previous/fingerprint")).isEqualTo(old.get("fingerprint"));
    assertThat(manifest.at("/previous/inputFingerprint")).isEqualTo(old.get("inputFingerprint"));
    assertThat(manifest.at("/previous/training").asInt())
        .isEqualTo(ids(previous, "train.jsonl").size());
    assertThat(manifest.at("/previous/validation").asInt())
        .isEqualTo(ids(previous, "valid.jsonl").size());
    assertSums(dataset, manifest);
  }

  /** Without line number and cluster, which a new dataset gives anew. */
  private static JsonNode said(JsonNode lineage) {
    return ((ObjectNode) lineage.deepCopy()).without(List.of("line", "cluster"));
  }

  private static void assertSums(Path dataset, JsonNode manifest) throws IOException {
    JsonNode counts = manifest.get("counts");
    assertThat(counts.at("/read/total").asInt())
        .isEqualTo(
            counts.get("training").asInt()
                + counts.get("validation").asInt()
                + Files.readAllLines(dataset.resolve("rejected.jsonl")).size());
    assertThat(ids(dataset, "train.jsonl"))
        .hasSize(counts.get("training").asInt() + manifest.at("/previous/training").asInt());
    assertThat(ids(dataset, "valid.jsonl"))
        .hasSize(counts.get("validation").asInt() + manifest.at("/previous/validation").asInt());
    assertThat(manifest.at("/split/groupsAcrossSplits").asText()).isEqualTo("0");
    boolean near = manifest.at("/config/duplicates/near").asBoolean();
    assertThat(manifest.at("/split/nearDuplicatesAcrossSplits").asText())
        .isEqualTo(near ? "0" : "null");
    assertGroupsAreWhole(dataset);
  }

  private static void assertGroupsAreWhole(Path dataset) throws IOException {
    Map<String, String> files = new HashMap<>();
    for (JsonNode line : Prepare.lines(dataset.resolve("lineage.jsonl"))) {
      if (!line.get("group").isNull()) {
        String file = line.get("file").asText();
        assertThat(files.merge(line.get("group").asText(), file, (a, b) -> a)).isEqualTo(file);
      }
    }
  }
}
