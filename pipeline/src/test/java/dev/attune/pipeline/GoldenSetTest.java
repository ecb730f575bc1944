package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample data of the folder data, prepared: what comes out stands under
 * src/test/resources/golden, to the byte.
 */
class GoldenSetTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final String TAXONOMY =
      "taxonomy/src/main/resources/dev/attune/taxonomy/learningdomains.json";
  private static final List<String> FILES =
      List.of("train.jsonl", "valid.jsonl", "lineage.jsonl", "rejected.jsonl", "manifest.json");
  private static final String UPDATE = "attune.golden.update";
  private static final String RUN_ID = "golden";
  private static final String DIRECT = "-direct";

  @TempDir static Path copy;
  private static final Map<String, Path> DATASETS = new HashMap<>();

  @BeforeAll
  static void prepareTheSamples() throws Exception {
    Path taxonomy = copy.resolve(TAXONOMY);
    Files.createDirectories(taxonomy.getParent());
    Files.copy(ROOT.resolve(TAXONOMY), taxonomy);
    Prepare.copyTree(ROOT.resolve("data"), copy.resolve("data"));
    makeDatabase("childcare", "feedback/feedback.sql");
    makeDatabase("proposals", "feedback.sql");
    for (String sample : List.of("childcare", "proposals")) {
      DATASETS.put(sample, Prepare.run(yaml(sample), RUN_ID, Prepare.ENFORCED).directory().local());
      DATASETS.put(sample + DIRECT, directDataset(sample));
    }
    Path openai = yaml("childcare").resolveSibling("openai.yaml");
    Prepare.write(
        openai, Files.readString(yaml("childcare")).replace("format: gemini", "format: openai"));
    DATASETS.put("openai", Prepare.run(openai, "openai").directory().local());
  }

  private static Path directDataset(String sample) throws Exception {
    return Prepare.run(
            yaml(sample), RUN_ID + DIRECT, PrepareRunner.DIRECT, Prepare.ENFORCED_BY_BEAM)
        .directory()
        .local();
  }

  @ParameterizedTest
  @ValueSource(strings = {"childcare", "proposals"})
  void hasTheSameBytesOnTheDirectRunner(String sample) throws IOException {
    for (String file : FILES.subList(0, FILES.size() - 1)) {
      assertThat(Files.readString(dataset(sample + DIRECT).resolve(file)))
          .isEqualTo(Files.readString(dataset(sample).resolve(file)));
    }
  }

  private static Path yaml(String sample) {
    return copy.resolve("data").resolve(sample).resolve("attune.yaml");
  }

  private static void makeDatabase(String sample, String script) throws SQLException {
    Path folder = yaml(sample).resolveSibling("feedback-db");
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("feedback"), "sa", "");
        PreparedStatement run = connection.prepareStatement("RUNSCRIPT FROM ? CHARSET 'UTF-8'")) {
      run.setString(1, yaml(sample).resolveSibling(script).toString());
      run.execute();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"childcare", "proposals"})
  void isTheCommittedOneToTheByte(String sample) throws IOException {
    Path golden = GOLDEN.resolve(sample);
    if (Boolean.getBoolean(UPDATE)) {
      Files.createDirectories(golden);
      for (String file : FILES) {
        Files.copy(
            dataset(sample).resolve(file),
            golden.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    for (String file : FILES) {
      assertThat(Files.readString(dataset(sample).resolve(file)))
          .as(
              "%s of %s. If it shall change: ./mvnw -pl pipeline -am test -Dtest=GoldenSetTest"
                  + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true, and commit what it wrote",
              file, sample, UPDATE)
          .isEqualTo(Files.readString(golden.resolve(file)));
    }
  }

  @Test
  void rejectsWhatTheListsOfChildcareSay() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String source : List.of("feedback", "observations", "generated")) {
      expected.putAll(expectedRejections(ROOT.resolve("data/childcare").resolve(source)));
    }
    assertThat(rejections(dataset("childcare"))).isEqualTo(expected).hasSize(24 + 51 + 15);
  }

  @Test
  void rejectsWhatTheListOfProposalsSays() throws IOException {
    assertThat(rejections(dataset("proposals")))
        .isEqualTo(expectedRejections(ROOT.resolve("data/proposals")))
        .hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"childcare", "proposals", "openai"})
  void keepsToTheSchemas(String dataset) throws IOException {
    JsonNode manifest = Prepare.json(dataset(dataset).resolve("manifest.json"));
    assertThat(SchemaFile.MANIFEST.validate(manifest)).isEmpty();
    for (JsonNode line : Prepare.lines(dataset(dataset).resolve("lineage.jsonl"))) {
      assertThat(SchemaFile.LINEAGE.validate(line)).as("%s", line).isEmpty();
    }
    for (JsonNode line : Prepare.lines(dataset(dataset).resolve("rejected.jsonl"))) {
      assertThat(SchemaFile.REJECTED_RECORD.validate(line)).as("%s", line).isEmpty();
    }
  }

  @Test
  void saysTheSameInBothFormats() throws IOException {
    Map<String, ExampleLine> gemini = examples("childcare", OutputFormat.GEMINI);
    Map<String, ExampleLine> openai = examples("openai", OutputFormat.OPENAI);
    Map<String, String> unsupported = rejections(dataset("openai"));
    unsupported.keySet().removeAll(rejections(dataset("childcare")).keySet());
    // OpenAI takes no gs:// URIs; nothing else is lost.
    assertThat(unsupported.values()).containsOnly("UNSUPPORTED_MEDIA");
    assertThat(gemini.keySet()).containsAll(openai.keySet());
    assertThat(openai).hasSize(gemini.size() - unsupported.size());
    openai.forEach((id, line) -> assertThat(line).as(id).isEqualTo(gemini.get(id)));
  }

  @Test
  void isTheSameASecondTime() throws Exception {
    Map<String, String> before = Prepare.state(dataset("proposals"));
    PrepareResult again = Prepare.run(yaml("proposals"), RUN_ID);
    assertThat(again.unchanged()).isTrue();
    assertThat(again.directory().local()).isEqualTo(dataset("proposals"));
    assertThat(Prepare.state(dataset("proposals"))).isEqualTo(before);
    assertThat(Prepare.names(dataset("proposals").resolve("..")))
        .containsExactly(".attune.lock", RUN_ID, RUN_ID + DIRECT);
  }

  @Test
  void refusesAnotherDatasetUnderTheSameRunId() throws Exception {
    Map<String, String> before = Prepare.state(dataset("proposals"));
    Path other = yaml("proposals").resolveSibling("other.yaml");
    Prepare.write(
        other, Files.readString(yaml("proposals")).replace("that are specific", "that are short"));
    assertThatThrownBy(() -> Prepare.run(other, RUN_ID))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(dataset("proposals") + "/ holds another dataset (sha256:")
        .hasMessageEndingWith(": choose another --run-id.");
    assertThat(Prepare.state(dataset("proposals"))).isEqualTo(before);
  }

  private static Path dataset(String name) {
    Path dataset = DATASETS.get(name);
    if (dataset == null) {
      throw new AssertionError(name + " was not prepared");
    }
    return dataset;
  }

  /** The reason by full id for feedback, by place for files: as the lists name records. */
  private static Map<String, String> rejections(Path dataset) throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    for (JsonNode line : Prepare.lines(dataset.resolve("rejected.jsonl"))) {
      boolean row = line.get("source").asText().equals("feedback");
      String before =
          reasons.put(line.get(row ? "id" : "location").asText(), line.get("reason").asText());
      assertThat(before).as("%s", line).isNull();
    }
    return reasons;
  }

  private static Map<String, String> expectedRejections(Path folder) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("expected-rejections.tsv"))) {
      Map<String, String> expected = new TreeMap<>();
      lines
          .filter(line -> !line.startsWith("location\t"))
          .map(line -> line.split("\t", -1))
          .forEach(fields -> expected.put(fields[0], fields[1]));
      return expected;
    }
  }

  /** What each example says, by its id. */
  private static Map<String, ExampleLine> examples(String dataset, OutputFormat named)
      throws IOException {
    ExampleFormat format = ExampleFormats.of(named);
    Map<String, List<String>> files = new HashMap<>();
    for (String file : List.of("train.jsonl", "valid.jsonl")) {
      files.put(file, Files.readAllLines(dataset(dataset).resolve(file)));
    }
    Map<String, ExampleLine> examples = new TreeMap<>();
    for (JsonNode line : Prepare.lines(dataset(dataset).resolve("lineage.jsonl"))) {
      String json =
          files
              .getOrDefault(line.get("file").asText(), List.of())
              .get(line.get("line").asInt() - 1);
      examples.put(line.get("id").asText(), format.decode(json.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(examples).hasSize(files.values().stream().mapToInt(List::size).sum());
    return examples;
  }
}
