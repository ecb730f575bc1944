package dev.attune.pipeline.run.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigFault;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataflowRequirementsTest {
  private static final String GOOD =
      """
      dataset: answers
      task: conversation
      sources:
        generated: {files: ["gs://bkt-a/in/*.jsonl"]}
        feedback:
          jdbcUrl: jdbc:postgresql://db.example/feedback
          table: feedback
          columns: {id: id, prompt: prompt, response: response, rating: rating}
          improvements: gs://bkt-a/in/better.jsonl
      output: {directory: "gs://bkt-a/out"}
      tuning: {project: p, location: us-central1}
      dataflow: {tempLocation: "gs://bkt-a/tmp"}
      """;

  private static void check(String yaml, String... typed) throws Exception {
    AttuneConfig config = ConfigLoader.parse(yaml, "attune.yaml");
    PipelineOptions options =
        RunnerOptions.of(
            List.of(typed), PrepareRunner.DATAFLOW, DataflowArguments.of(config.dataflow()));
    DataflowRequirements.check(config, options, null);
  }

  @Test
  void takesWhatWorkersReach() {
    assertThatCode(() -> check(GOOD)).doesNotThrowAnyException();
    assertThatCode(
            () ->
                check(
                    GOOD.replace("dataflow: {tempLocation: \"gs://bkt-a/tmp\"}", ""),
                    "--tempLocation=gs://bkt-b/tmp"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dataflow: {tempLocation: \"gs://bkt-a/tmp\"} | dataflow: {} | dataflow.tempLocation",
        "gs://bkt-a/out | build/out | output.directory must be in a bucket",
        "gs://bkt-a/in/*.jsonl | in/*.jsonl | is on this machine",
        "gs://bkt-a/in/better.jsonl | better.jsonl | better.jsonl is on this machine",
        "jdbc:postgresql://db.example/feedback | jdbc:h2:file:./db | cannot be read from H2",
      })
  void refusesWhatTheyDoNot(String good, String bad, String message) {
    assertThatThrownBy(() -> check(GOOD.replace(good, bad)))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAnAddressThatIsNotOfHttp() {
    assertThatThrownBy(() -> check(GOOD, "--dataflowEndpoint=ftp://127.0.0.1/"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage(
            "--dataflowEndpoint is ftp://127.0.0.1/: give an address with http:// or https://.");
    assertThatCode(() -> check(GOOD, "--dataflowEndpoint=http://127.0.0.1:1/"))
        .doesNotThrowAnyException();
  }

  @Test
  void namesAKeyThatIsMissing() {
    String yaml = GOOD.replace("dataflow: {tempLocation: \"gs://bkt-a/tmp\"}", "");
    PrepareRefusedException refusal =
        catchThrowableOfType(PrepareRefusedException.class, () -> check(yaml));
    assertThat(refusal.configFaults())
        .extracting(ConfigFault::key)
        .containsExactly("/dataflow/tempLocation");
  }

  @Test
  void refusesAPasswordOfThisMachineByName() {
    String yaml = GOOD.replace("table: feedback", "table: feedback\n    passwordEnv: FEEDBACK_PW");
    assertThatThrownBy(() -> check(yaml))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("FEEDBACK_PW")
        .hasMessageContaining("passwordSecret");
  }
}
