package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.source.file.BucketReading;
import dev.attune.place.Place;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepares what is in a bucket, into folders of this machine. */
class BucketSourcesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "childcare");
  private static final String TAXONOMY =
      "taxonomy/src/main/resources/dev/attune/taxonomy/learningdomains.json";
  private static final List<String> FILES = List.of("train.jsonl", "valid.jsonl", "lineage.jsonl");

  private static BucketReading storage;

  @TempDir Path folder;

  @BeforeAll
  static void fillTheBucket() throws IOException {
    storage = BucketReading.open();
    storage.put("taxonomy.json", Files.readAllBytes(ROOT.resolve(TAXONOMY)));
    try (Stream<Path> files = Files.walk(ROOT.resolve("data/childcare"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = ROOT.resolve("data").relativize(file).toString();
        storage.put(name, Files.readAllBytes(file));
      }
    }
  }

  @AfterAll
  static void stop() {
    storage.close();
  }

  @Test
  void makesTheBytesOfTheGoldenSet() throws Exception {
    Path dataset = prepare("golden", childcare(), null);
    for (String file : FILES) {
      assertThat(Files.readString(dataset.resolve(file)))
          .as(file)
          .isEqualTo(Files.readString(GOLDEN.resolve(file)));
    }
    assertThat(Files.readAllLines(dataset.resolve("rejected.jsonl")))
        .hasSameSizeAs(Files.readAllLines(GOLDEN.resolve("rejected.jsonl")))
        .anyMatch(line -> line.contains("\"gs://attune-in/childcare/observations/2024.jsonl@"));
    JsonNode manifest = Prepare.json(dataset.resolve("manifest.json"));
    JsonNode golden = Prepare.json(GOLDEN.resolve("manifest.json"));
    assertThat(SchemaFile.MANIFEST.validate(manifest)).isEmpty();
    assertThat(manifest.get("counts")).isEqualTo(golden.get("counts"));
    assertThat(manifest.get("fingerprint")).isEqualTo(golden.get("fingerprint"));
    assertThat(manifest.get("inputFingerprint")).isNotEqualTo(golden.get("inputFingerprint"));
    JsonNode file = manifest.at("/sources/generated/files/0");
    assertThat(file.fieldNames())
        .toIterable()
        .containsExactly("name", "bytes", "generation", "crc32c");
    assertThat(file.get("generation").asLong())
        .isEqualTo(storage.bucket().generation("childcare/generated/samples.jsonl"));
    assertThat(manifest.at("/sources/taxonomy").has("crc32c")).isTrue();
    assertThat(Files.readString(dataset.resolve("report.html")))
        .contains(file.get("crc32c").asText());
  }

  @Test
  void givesUploadedAgainTheSameContentTheSameRunId() throws Exception {
    String yaml = generated("gs://attune-in/again/*.jsonl");
    String samples = Files.readString(ROOT.resolve("data/childcare/generated/samples.jsonl"));
    storage.put("again/a.jsonl", samples);
    Path first = prepare(null, yaml, null);
    storage.put("again/a.jsonl", samples);
    assertThat(prepare(null, yaml, null)).isEqualTo(first);
    storage.put("again/a.jsonl", samples + "\n");
    assertThat(prepare(null, yaml, null)).isNotEqualTo(first);
  }

  @Test
  void readsAConfigurationInTheBucketWithNamesRelativeToIt() throws Exception {
    String samples = Files.readString(ROOT.resolve("data/childcare/generated/samples.jsonl"));
    storage.put("tree/data/a.jsonl", samples);
    storage.put("tree/config/attune.yaml", generated("../data/**.jsonl"));
    Prepare.write(folder.resolve("tree/data/a.jsonl"), samples);
    Path local =
        Prepare.write(folder.resolve("tree/config/attune.yaml"), generated("../data/*.jsonl"));

    Path fromBucket = prepare("bucket", BucketReading.folder("tree/config/attune.yaml"), null);
    Path fromFolder = prepare("folder", Place.of(local), null);

    for (String file : FILES) {
      assertThat(fromBucket.resolve(file)).hasSameBinaryContentAs(fromFolder.resolve(file));
    }
    assertThat(
            Prepare.json(fromBucket.resolve("manifest.json")).at("/sources/generated/files/0/name"))
        .isEqualTo(
            Prepare.json(fromFolder.resolve("manifest.json"))
                .at("/sources/generated/files/0/name"));
  }

  @Test
  void buildsOnADatasetInABucket() throws Exception {
    storage.put(
        "more/a.jsonl", Files.readString(ROOT.resolve("data/childcare/generated/samples.jsonl")));
    Path previous = prepare("first", generated("gs://attune-in/more/*.jsonl"), null);
    try (Stream<Path> files = Files.list(previous)) {
      for (Path file : files.toList()) {
        storage.put("datasets/first/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    storage.put("new/b.jsonl", Chain.sample("new", 5).toString());
    String yaml = generated("gs://attune-in/new/*.jsonl");
    Path onBucket = prepare("on-bucket", yaml, BucketReading.folder("datasets/first"));
    Path onFolder = prepare("on-folder", yaml, Place.of(previous));

    Chain.assertCarriedOver(previous, onBucket);
    for (String file : FILES) {
      assertThat(onBucket.resolve(file)).hasSameBinaryContentAs(onFolder.resolve(file));
    }

    storage.put("datasets/first/train.jsonl", "{}\n");
    assertThat(refusal("changed", yaml, BucketReading.folder("datasets/first")))
        .hasMessageStartingWith("gs://attune-in/datasets/first/train.jsonl");
    assertThat(refusal("none", yaml, BucketReading.folder("datasets/none")))
        .hasMessageContaining("gs://attune-in/datasets/none");
  }

  @Test
  void namesAllFaultsOfTheConfigurationAtOnce() throws Exception {
    String yaml =
        childcare()
            .replace("generated/*.jsonl", "none/*.jsonl")
            .replace("gs://attune-in/taxonomy.json", "gs://no-such-bucket/taxonomy.json")
            .replace("observations/*.csv", "../*.csv");
    assertThat(refusal("faults", yaml, null).faults())
        .hasSize(3)
        .anyMatch(
            fault ->
                fault.contains("attune.yaml:6: The bucket no-such-bucket of gs://no-such-bucket"))
        .anyMatch(fault -> fault.contains("No file matches gs://attune-in/childcare/../*.csv"))
        .anyMatch(fault -> fault.contains("No file matches gs://attune-in/childcare/none/*.jsonl"));
  }

  @Test
  void keepsOnlySomeRecordsOnDemand() throws Exception {
    storage.put(
        "some/a.jsonl", Files.readString(ROOT.resolve("data/childcare/generated/samples.jsonl")));
    String yaml = generated("gs://attune-in/some/*.jsonl");
    Path file = Prepare.write(folder.resolve("attune.yaml"), yaml);
    PrepareRequest request =
        new PrepareRequest(
            ConfigLoader.load(file), "some", 10L, Map.of(), PrepareRunner.LOCAL, List.of(), null);
    Path dataset = PrepareDataset.run(request, PrepareProgress.NONE).directory().local();
    assertThat(Prepare.json(dataset.resolve("manifest.json")).at("/counts/read/total").asInt())
        .isEqualTo(10);
  }

  /** The sample data with all files in the bucket, but the database. */
  private String childcare() throws Exception {
    Path database = folder.resolve("feedback-db/feedback");
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + database, "sa", "");
        PreparedStatement run = connection.prepareStatement("RUNSCRIPT FROM ? CHARSET 'UTF-8'")) {
      run.setString(1, ROOT.resolve("data/childcare/feedback/feedback.sql").toString());
      run.execute();
    }
    String bucket = "gs://attune-in/childcare/";
    return Files.readString(ROOT.resolve("data/childcare/attune.yaml"))
        .replace("../../" + TAXONOMY, "gs://attune-in/taxonomy.json")
        .replace("improvements/*", bucket + "improvements/*")
        .replace("[observations/*.csv, ", "[" + bucket + "observations/*.csv, " + bucket)
        .replace("[generated/", "[" + bucket + "generated/")
        .replace("../../build/datasets", "datasets");
  }

  private String generated(String pattern) {
    return """
    dataset: answers
    task: conversation
    sources: {generated: {files: ["%s"]}}
    output: {directory: "%s"}
    """
        .formatted(pattern, folder.resolve("out"));
  }

  private Path prepare(@Nullable String runId, String yaml, @Nullable Place previous)
      throws Exception {
    return prepare(runId, Place.of(Prepare.write(folder.resolve("attune.yaml"), yaml)), previous);
  }

  private static Path prepare(@Nullable String runId, Place yaml, @Nullable Place previous)
      throws Exception {
    PrepareRequest request =
        new PrepareRequest(
            ConfigLoader.load(yaml, yaml.toString()),
            runId,
            null,
            Map.of(),
            PrepareRunner.LOCAL,
            List.of(Prepare.ENFORCED),
            previous);
    return PrepareDataset.run(request, PrepareProgress.NONE).directory().local();
  }

  private PrepareRefusedException refusal(String runId, String yaml, @Nullable Place previous) {
    return Objects.requireNonNull(
        catchThrowableOfType(PrepareRefusedException.class, () -> prepare(runId, yaml, previous)));
  }
}
