package dev.attune.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.catalog.BaseModels;
import dev.attune.catalog.ExampleLimits;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.Prepare;
import dev.attune.schema.DatasetManifest.FeedbackRows;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.Watermark;
import dev.attune.schema.RulesVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFingerprintTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every key that is read, but for passwordSecret, which is not built, and query. */
  private static final String ALL_KEYS =
      """
      dataset: childcare
      task: classification
      systemInstruction: Name the domains.
      taxonomy: taxonomy.json
      sources:
        feedback:
          jdbcUrl: jdbc:postgresql://db.example/feedback
          username: reader
          passwordEnv: FEEDBACK
          table: feedback
          columns: {id: id, group: g, prompt: p, response: r, rating: s, comment: c, createdAt: t}
          partitionColumn: id
          improvements: improvements/*.jsonl
        observations:
          files: [observations/*.csv]
          columns: {id: id, group: g, text: n, categories: d, media: m, createdAt: t}
        generated: {files: [generated/*.jsonl]}
      limits: {trainingBytes: 900000000, trainingExamples: 900000, tokens: 1000}
      tuning:
        baseModel: gemini-3.5-flash
        project: my-project
        location: us-central1
        bucket: gs://my-bucket/attune
        maxCostUsd: 20
        callDeadline: 60s
        pollInterval: 30s
        deadline: 24h
        baseModels: models.json
        endpoint: 127.0.0.1:9000
        plaintext: true
        storageEndpoint: http://127.0.0.1:4443
      evaluation:
        {maximumInvalidShare: 0.1, minimumExamples: 50, parallelism: 2, requestsPerMinute: 60}
      ledger: {jdbcUrl: "jdbc:postgresql://db.example/ledger", username: u, passwordEnv: LEDGER}
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void layModels() throws Exception {
    for (String file : List.of("models.json", "other.json")) {
      Prepare.write(folder.resolve(file), "{\"models\": []}");
    }
    Prepare.write(
        folder.resolve("smaller.json"),
        "{\"formats\": {\"gemini\": {\"trainingBytes\": 5, \"trainingExamples\": 6, \"tokens\": 7,"
            + " \"source\": \"https://example.org\", \"checkedOn\": \"2026-01-01\"}}, \"models\":"
            + " []}");
  }

  private static ObjectNode yaml() throws Exception {
    Path file = Prepare.write(folder.resolve("attune.yaml"), ALL_KEYS);
    return ConfigLoader.load(file).effective().deepCopy();
  }

  private static AttuneConfig config(JsonNode root) throws Exception {
    return ConfigLoader.load(Prepare.write(folder.resolve("tried.yaml"), root.toString()));
  }

  private static String of(AttuneConfig config, Sources sources) throws Exception {
    return InputFingerprint.of(
        RulesVersion.CURRENT, config, sources, null, BaseModels.of(config).limits(config));
  }

  private static Sources sources() {
    return sources("a.csv", "c".repeat(64), new Watermark(3, "9", null));
  }

  private static Sources sources(String name, String sha256, Watermark watermark) {
    return new Sources(
        new FeedbackRows(watermark, List.of(new SourceFile("i.jsonl", 1, "a".repeat(64), null))),
        new SourceFiles(
            List.of(
                new SourceFile("0.csv", 1, "b".repeat(64), null),
                new SourceFile(name, 2, sha256, null))),
        null,
        new SourceFile("taxonomy.json", 4, "d".repeat(64), null));
  }

  /** Sets one key, and says whether the fingerprint is another one. */
  private static boolean changes(String pointer, String value) throws Exception {
    ObjectNode root = yaml();
    String before = of(config(root), sources());
    int slash = pointer.lastIndexOf('/');
    ObjectNode holder = (ObjectNode) root.at(pointer.substring(0, slash));
    JsonNode json = JSON.readTree(value);
    assertThat(holder.get(pointer.substring(slash + 1))).isNotEqualTo(json);
    if (json.isNull()) {
      holder.remove(pointer.substring(slash + 1));
    } else {
      holder.set(pointer.substring(slash + 1), json);
    }
    return !of(config(root), sources()).equals(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/dataset | \"other\"",
        "/systemInstruction | \"Other.\"",
        "/sources/feedback/jdbcUrl | \"jdbc:postgresql://db.example/other\"",
        "/sources/feedback/jdbcUrl | \"jdbc:postgresql://db.example/feedback?currentSchema=x\"",
        "/sources/feedback/table | \"other\"",
        "/sources/feedback/columns/id | \"x\"",
        "/sources/feedback/columns/group | \"x\"",
        "/sources/feedback/columns/prompt | \"x\"",
        "/sources/feedback/columns/response | \"x\"",
        "/sources/feedback/columns/rating | \"x\"",
        "/sources/feedback/columns/comment | \"x\"",
        "/sources/feedback/columns/createdAt | \"x\"",
        "/sources/observations/columns/id | \"x\"",
        "/sources/observations/columns/group | \"x\"",
        "/sources/observations/columns/text | \"x\"",
        "/sources/observations/columns/categories | \"x\"",
        "/sources/observations/columns/media | \"x\"",
        "/sources/observations/columns/createdAt | \"x\"",
        "/sources/observations/separator | \";\"",
        "/sources/observations/categorySeparator | \";\"",
        "/redact | [\"email\"]",
        "/quality/minimum | 6.5",
        "/quality/sources | []",
        "/duplicates/near | false",
        "/duplicates/similarity | 0.7",
        "/split/validation | 0.2",
        "/split/by | \"record\"",
        "/split/seed | \"2\"",
        "/limits/recordBytes | 99",
        "/limits/allowTruncatedFiles | true",
        "/limits/trainingBytes | 999",
        "/limits/trainingExamples | 999",
        "/limits/tokens | 999",
        "/output/format | \"openai\"",
      })
  void changesWithWhatCanAlterTheDataset(String pointer, String value) throws Exception {
    assertThat(changes(pointer, value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/taxonomy | \"moved/taxonomy.json\"",
        "/sources/feedback/jdbcUrl | \"jdbc:postgresql://db.example/feedback?sslmode=require\"",
        "/sources/feedback/username | \"other\"",
        "/sources/feedback/passwordEnv | \"OTHER\"",
        "/sources/feedback/partitionColumn | null",
        "/sources/feedback/improvements | \"moved/*.jsonl\"",
        "/sources/observations/files | [\"moved/*.csv\"]",
        "/sources/generated/files | [\"moved/*.jsonl\"]",
        "/redact | [\"ip\", \"phone\", \"card\", \"iban\", \"email\"]",
        "/limits/rejectedFraction | 0.4",
        "/limits/decompressedRatio | 99",
        "/output/directory | \"x\"",
        "/output/mode | \"shared\"",
        "/tuning/backEnd | \"vertex\"",
        "/tuning/baseModel | \"gemini-2.0-flash-001\"",
        "/tuning/baseModels | \"other.json\"",
        "/tuning/project | \"other\"",
        "/tuning/location | \"europe-west4\"",
        "/tuning/bucket | \"gs://other\"",
        "/tuning/epochs | 5",
        "/tuning/adapterSize | 8",
        "/tuning/learningRateMultiplier | 0.5",
        "/tuning/maxCostUsd | 30",
        "/tuning/createGrace | \"5m\"",
        "/tuning/callDeadline | \"5s\"",
        "/tuning/pollInterval | \"5s\"",
        "/tuning/deadline | \"5h\"",
        "/tuning/endpoint | \"127.0.0.1:9001\"",
        "/tuning/plaintext | false",
        "/tuning/storageEndpoint | \"http://127.0.0.1:4444\"",
        "/evaluation/metric | \"accuracy\"",
        "/evaluation/minimumGainOverBase | 0.1",
        "/evaluation/maximumRecallDropPerCategory | 0.1",
        "/evaluation/maximumInvalidShare | 0.2",
        "/evaluation/minimumExamples | 60",
        "/evaluation/parallelism | 3",
        "/evaluation/requestsPerMinute | 30",
        "/ledger/jdbcUrl | \"jdbc:h2:file:ledger\"",
        "/ledger/username | \"other\"",
        "/ledger/passwordEnv | \"OTHER\"",
        "/promotion/envFile | \"other.env\"",
      })
  void staysWithWhatCannotAlterIt(String pointer, String value) throws Exception {
    assertThat(changes(pointer, value)).isFalse();
  }

  @Test
  void everyKeyIsTried() throws Exception {
    // The task decides what else must be there; it is changed here alone.
    Set<String> keys = new TreeSet<>(List.of("/task"));
    ObjectNode other = yaml();
    other.put("task", "conversation");
    assertThat(of(config(other), sources())).isNotEqualTo(of(config(yaml()), sources()));
    for (var method : List.of("changesWithWhatCanAlterTheDataset", "staysWithWhatCannotAlterIt")) {
      var rows =
          InputFingerprintTest.class
              .getDeclaredMethod(method, String.class, String.class)
              .getAnnotation(CsvSource.class);
      for (String row : rows.value()) {
        keys.add(row.substring(0, row.indexOf(' ')));
      }
    }
    List<String> leaves = new ArrayList<>();
    collect("", yaml(), leaves);

    assertThat(keys).containsAll(leaves);
  }

  private static void collect(String pointer, JsonNode node, List<String> leaves) {
    if (!node.isObject()) {
      leaves.add(pointer);
      return;
    }
    node.properties().forEach(e -> collect(pointer + "/" + e.getKey(), e.getValue(), leaves));
  }

  @Test
  void knowsABaseModelByItsLimitsAlone() throws Exception {
    ObjectNode root = yaml();
    root.remove("limits");
    String flash = of(config(root), sources());
    ((ObjectNode) root.get("tuning")).put("baseModel", "gemini-2.5-flash");
    assertThat(of(config(root), sources())).isEqualTo(flash);
    ((ObjectNode) root.get("tuning")).put("baseModel", "gemini-2.0-flash-001");
    assertThat(of(config(root), sources())).isNotEqualTo(flash);
    ((ObjectNode) root.get("tuning")).put("baseModel", "unknown");
    ((ObjectNode) root.get("tuning")).put("baseModels", "smaller.json");
    assertThat(of(config(root), sources())).isNotEqualTo(flash);
  }

  @Test
  void knowsAFileByItsContentAndHowItIsRead() throws Exception {
    AttuneConfig config = config(yaml());
    Watermark watermark = new Watermark(3, "9", null);
    String before = of(config, sources());

    assertThat(of(config, sources("moved/Renamed.CSV", "c".repeat(64), watermark)))
        .isEqualTo(before);
    assertThat(of(config, sources("a.csv", "e".repeat(64), watermark))).isNotEqualTo(before);
    assertThat(of(config, sources("a.csv.gz", "c".repeat(64), watermark))).isNotEqualTo(before);
    assertThat(of(config, sources("a.jsonl", "c".repeat(64), watermark))).isNotEqualTo(before);
  }

  @Test
  void knowsADatabaseByHowFarItHasCome() throws Exception {
    AttuneConfig config = config(yaml());
    String before = of(config, sources());
    for (Watermark other :
        List.of(
            new Watermark(4, "9", null),
            new Watermark(3, "10", null),
            new Watermark(3, "9", "2026-01-01T00:00:00Z"))) {
      assertThat(of(config, sources("a.csv", "c".repeat(64), other))).isNotEqualTo(before);
    }
  }

  @Test
  void changesWithTheRulesVersionAndTheLimit() throws Exception {
    AttuneConfig config = config(yaml());
    ExampleLimits limits = BaseModels.of(config).limits(config);
    String now = InputFingerprint.of(RulesVersion.CURRENT, config, sources(), null, limits);

    assertThat(InputFingerprint.of(RulesVersion.CURRENT, config, sources(), null, limits))
        .isEqualTo(now);
    assertThat(InputFingerprint.of(RulesVersion.CURRENT + 1, config, sources(), null, limits))
        .isNotEqualTo(now);
    assertThat(InputFingerprint.of(RulesVersion.CURRENT, config, sources(), 5L, limits))
        .isNotEqualTo(now);
  }

  @Test
  void dependsOnTheContentOfAnObjectAndNotOnItsGeneration() throws Exception {
    AttuneConfig config = config(yaml());
    String first = of(config, ofObject(SourceFile.ofObject("a.csv", 3, 1, "AAAAAA==")));
    assertThat(of(config, ofObject(SourceFile.ofObject("gs://b/b.csv", 3, 2, "AAAAAA=="))))
        .isEqualTo(first);
    assertThat(of(config, ofObject(SourceFile.ofObject("a.csv", 4, 1, "AAAAAA=="))))
        .isNotEqualTo(first);
    assertThat(of(config, ofObject(SourceFile.ofObject("a.csv", 3, 1, "AAAAAQ=="))))
        .isNotEqualTo(first);
  }

  private static Sources ofObject(SourceFile file) {
    return new Sources(null, new SourceFiles(List.of(file)), null, null);
  }
}
