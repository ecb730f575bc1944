package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.launcher.cli.template.TemplateArguments;
import dev.attune.launcher.console.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Dataflow starts in the template's image, with the arguments that it gives. */
class TemplateMainTest {
  @TempDir private Path folder;

  @Test
  void turnsParametersIntoOptionsAndGivesTheRestToBeam() throws CommandFailure {
    assertThat(
            TemplateArguments.typed(
                "--project=my-project",
                "--config=gs://bucket/attune.yaml",
                "--runner=DataflowRunner",
                "--runId=2026-11-28",
                "--limit=10",
                "--previous=",
                "--output=gs://bucket/a=b",
                "--labels={\"team\":\"a=b\"}",
                "--jobName=attune-nightly",
                "--templateLocation=gs://bucket/staging/template_launches/1/job_object"))
        .containsExactly(
            "prepare",
            "--runner",
            "dataflow",
            "--config",
            "gs://bucket/attune.yaml",
            "--run-id",
            "2026-11-28",
            "--limit",
            "10",
            "--output",
            "gs://bucket/a=b",
            "--",
            "--project=my-project",
            "--labels={\"team\":\"a=b\"}",
            "--templateLocation=gs://bucket/staging/template_launches/1/job_object");
  }

  @Test
  void refusesOtherArguments() {
    assertThatThrownBy(() -> TemplateArguments.typed("--config=gs://b/a.yaml", "run"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("'run'");
    assertThatThrownBy(() -> TemplateArguments.typed("--config"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("'--config'");
  }

  @Test
  void endsWithASentenceWithoutAConfiguration() throws Exception {
    Ended ended = start("--config=attune.yaml", "--limit=10");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.lastLine())
        .startsWith("The template's parameter config must name an attune.yaml in a bucket");
  }

  @Test
  void endsWithTheSentenceOfPrepare() throws Exception {
    Ended ended = start("--config=gs://bucket/attune.yaml", "--runId=NOT.GOOD");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.lastLine()).contains("--run-id must match").contains("NOT.GOOD");
  }

  private record Ended(int exit, List<String> err) {
    String lastLine() {
      return err.get(err.size() - 1);
    }
  }

  private Ended start(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                TemplateMain.class.getName()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return new Ended(process.exitValue(), Files.readAllLines(err, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
