package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.dataflow.model.ContainerSpec;
import com.google.api.services.dataflow.model.ParameterMetadata;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.StorageStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The spec file of the template is read with Dataflow's own classes. */
class TemplateCommandTest {
  private static final String IMAGE =
      "us-central1-docker.pkg.dev/my-project/attune/template@sha256:" + "0a".repeat(32);

  @TempDir private Path folder;

  private Typed template(String... more) {
    String[] typed = new String[more.length + 1];
    typed[0] = "template";
    System.arraycopy(more, 0, typed, 1, more.length);
    return Typed.attune(folder, PrepareDataset::run, typed);
  }

  private ContainerSpec spec() throws IOException {
    Typed written = template("--image", IMAGE);
    assertThat(written.exit()).as(String.join("\n", written.err())).isZero();
    return StrictJson.read(written.out(), ContainerSpec.class);
  }

  private Map<String, ParameterMetadata> parameters() throws IOException {
    return spec().getMetadata().getParameters().stream()
        .collect(Collectors.toMap(ParameterMetadata::getName, Function.identity()));
  }

  @Test
  void isWhatDataflowReads() throws IOException {
    ContainerSpec spec = spec();

    assertThat(spec.getImage()).isEqualTo(IMAGE);
    assertThat(spec.getSdkInfo().getLanguage()).isEqualTo("JAVA");
    assertThat(spec.getDefaultEnvironment().getAdditionalExperiments())
        .containsExactly("use_runner_v2");
    assertThat(spec.getMetadata().getName()).isEqualTo("Attune prepare");
    assertThat(spec.getMetadata().getParameters())
        .extracting(ParameterMetadata::getName)
        .containsExactly("config", "runId", "previous", "limit", "output");
    assertThat(spec.getMetadata().getParameters())
        .filteredOn(parameter -> !parameter.getIsOptional())
        .extracting(ParameterMetadata::getName)
        .containsExactly("config");
  }

  @ParameterizedTest
  @CsvSource({
    "config, --config",
    "runId, --run-id",
    "previous, --previous",
    "limit, --limit",
    "output, --output"
  })
  void saysOfAParameterWhatTheHelpSaysOfTheOption(String name, String option) throws IOException {
    TestShell shell = new TestShell(folder);
    CommandSpec prepare =
        Objects.requireNonNull(
                Main.commandLine(shell.shell(), new DatasetPreparation(shell.shell()), folder)
                    .getSubcommands()
                    .get("prepare"))
            .getCommandSpec();
    OptionSpec described = prepare.findOption(option);

    ParameterMetadata parameter = Objects.requireNonNull(parameters().get(name));

    assertThat(parameter.getLabel()).isEqualTo(option + " " + described.paramLabel());
    assertThat(String.join(" ", described.description())).startsWith(parameter.getHelpText());
    assertThat(parameter.getHelpText()).isNotBlank().endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "config, gs://bucket/attune.yaml, attune.yaml",
    "output, gs://bucket/out, /out",
    "previous, gs://bucket/datasets/a/b, ../b",
    "limit, 100, 0",
    "runId, 2026-11-28, 2026.11.28",
    "runId, a, -a"
  })
  void takesWhatPrepareTakes(String name, String good, String bad) throws IOException {
    List<String> patterns = Objects.requireNonNull(parameters().get(name)).getRegexes();

    assertThat(patterns).singleElement().asString().startsWith("^").endsWith("$");
    assertThat(good).matches(patterns.get(0));
    assertThat(bad).doesNotMatch(patterns.get(0));
  }

  @Test
  void namesTheImageOfTheConfiguredProject() throws IOException {
    Animals animals = new Animals(folder);
    animals.configure("tuning: {project: my-project, location: europe-west4}\n");

    Typed written = template();

    assertThat(StrictJson.read(written.out(), ContainerSpec.class).getImage())
        .matches("europe-west4-docker\\.pkg\\.dev/my-project/attune/template:[0-9.]+(-SNAPSHOT)?");
  }

  @Test
  void prefersTheProjectOfTheJob() throws IOException {
    Animals animals = new Animals(folder);
    animals.configure(
        """
        tuning: {project: my-project, location: global}
        dataflow: {project: jobs, region: us-west1}
        """);

    Typed written = template();

    assertThat(StrictJson.read(written.out(), ContainerSpec.class).getImage())
        .startsWith("us-west1-docker.pkg.dev/jobs/attune/template:");
  }

  @Test
  void refusesToInventAnImage() throws IOException {
    Typed without = template();
    new Animals(folder).configure("");
    Typed withoutProject = template();

    for (Typed refused : List.of(without, withoutProject)) {
      assertThat(refused.exit()).isEqualTo(3);
      assertThat(refused.lastLine()).contains("attune.yaml", "--image IMAGE");
      assertThat(refused.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "template", "a b/c", "HTTPS://x/y", "x/y@sha256:0"})
  void refusesWhatIsNoImage(String image) {
    assertThat(template("--image", image).exit()).isEqualTo(2);
  }

  @Test
  void writesAFile() throws IOException {
    Typed written = template("--image", IMAGE, "--to", "prepare.json");
    Typed json = template("--image", IMAGE, "--to", "prepare.json", "--json");

    assertThat(written.exit()).as(String.join("\n", written.err())).isZero();
    assertThat(written.out()).isEqualTo("prepare.json launches " + IMAGE + "\n");
    assertThat(new ObjectMapper().readTree(json.out()).get("image").asText()).isEqualTo(IMAGE);
    assertThat(folder.resolve("prepare.json"))
        .hasContent(template("--image", IMAGE).out().stripTrailing());
  }

  @Test
  void replacesTheObjectOfABucket() throws IOException {
    try (StorageStub stub = StorageStub.inMemory("my-bucket")) {
      String place = "gs://my-bucket/templates/prepare.json";

      String first = templateIn(stub, "--image", "x.example/old:1", "--to", place);
      String second = templateIn(stub, "--image", IMAGE, "--to", place);

      assertThat(first).isEqualTo(place + " launches x.example/old:1\n");
      assertThat(second).isEqualTo(place + " launches " + IMAGE + "\n");
      String stored =
          new String(
              stub.bucket("my-bucket").read("templates/prepare.json"), StandardCharsets.UTF_8);
      assertThat(StrictJson.read(stored, ContainerSpec.class).getImage()).isEqualTo(IMAGE);
    } finally {
      StorageClient.configure(Map.of());
    }
  }

  private String templateIn(StorageStub stub, String... more) {
    TestShell kept = new TestShell(folder);
    Shell plain = kept.shell();
    Shell shell =
        new Shell(
            plain.out(),
            plain.err(),
            false,
            folder,
            Map.of(StorageClient.ENDPOINT, stub.url()),
            plain.clock());
    List<String> typed = new ArrayList<>(List.of("template"));
    typed.addAll(List.of(more));
    int exit =
        Main.commandLine(shell, new DatasetPreparation(shell), folder)
            .execute(typed.toArray(String[]::new));
    assertThat(exit).as(String.join("\n", kept.err())).isZero();
    return kept.out();
  }

  @Test
  void saysWhereAFileCannotBeWritten() throws IOException {
    Files.createDirectory(folder.resolve("prepare.json"));

    Typed refused = template("--image", IMAGE, "--to", "prepare.json");

    assertThat(refused.exit()).isNotZero();
    assertThat(refused.lastLine()).contains("prepare.json");
  }
}
