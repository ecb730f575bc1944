package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.dataflow.model.ContainerSpec;
import com.google.api.services.dataflow.model.FlexTemplateRuntimeEnvironment;
import com.google.api.services.dataflow.model.LaunchFlexTemplateParameter;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.cloud.run.v2.RunJobRequest;
import com.google.protobuf.util.JsonFormat;
import dev.attune.pipeline.PrepareDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bodies that the schedules of deploy/ send are what the services take. */
class DeployedRequestsTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Pattern VALUE = Pattern.compile("\\$\\{([a-z_]+)}");
  private static final Map<String, String> VALUES =
      Map.of(
          "job_name", "attune-tickets",
          "template_spec", "gs://bucket/templates/prepare.json",
          "config", "gs://bucket/attune.yaml",
          "staging", "gs://bucket/dataflow/staging",
          "temp", "gs://bucket/dataflow/tmp",
          "service_account", "worker@my-project.iam.gserviceaccount.com",
          "max_workers", "20",
          "dataset", "tickets");

  /** As Terraform's templatefile does. */
  private static String filled(String file) throws IOException {
    return VALUE
        .matcher(Files.readString(DEPLOY.resolve(file)))
        .replaceAll(name -> VALUES.getOrDefault(name.group(1), "no value of " + name.group(1)));
  }

  @Test
  void launchTheTemplate() throws IOException {
    LaunchFlexTemplateParameter launch =
        StrictJson.read(filled("launch-template.json.tftpl"), LaunchFlexTemplateRequest.class)
            .getLaunchParameter();

    assertThat(launch.getJobName())
        .isEqualTo("attune-tickets")
        .matches("[a-z]([-a-z0-9]*[a-z0-9])");
    assertThat(launch.getContainerSpecGcsPath()).isEqualTo("gs://bucket/templates/prepare.json");
    FlexTemplateRuntimeEnvironment environment = launch.getEnvironment();
    assertThat(environment.getMaxWorkers()).isEqualTo(20);
    assertThat(environment.getServiceAccountEmail()).startsWith("worker@");
    assertThat(environment.getAdditionalExperiments()).containsExactly("use_runner_v2");
    assertThat(environment.getAdditionalUserLabels()).containsEntry("attune-dataset", "tickets");
  }

  @Test
  void giveTheTemplateParametersThatItHas() throws IOException {
    Map<String, String> given =
        StrictJson.read(filled("launch-template.json.tftpl"), LaunchFlexTemplateRequest.class)
            .getLaunchParameter()
            .getParameters();
    Typed template =
        Typed.attune(
            Path.of("").toAbsolutePath(),
            PrepareDataset::run,
            "template",
            "--image",
            "x.example/y");

    for (ParameterMetadata parameter :
        StrictJson.read(template.out(), ContainerSpec.class).getMetadata().getParameters()) {
      String value = given.get(parameter.getName());
      if (value == null) {
        assertThat(parameter.getIsOptional()).as(parameter.getName()).isTrue();
      } else {
        assertThat(value).matches(parameter.getRegexes().get(0));
      }
    }
    assertThat(given.keySet()).isSubsetOf("config", "runId", "previous", "limit", "output");
  }

  /** Protobuf's reader refuses fields that the service does not know. */
  @Test
  void startTheJobOfCloudRun() throws IOException {
    RunJobRequest.Builder request = RunJobRequest.newBuilder();
    JsonFormat.parser().merge(filled("run-job.json"), request);

    // Changed arguments would need a role that may change them.
    assertThat(request.hasOverrides()).isFalse();
  }
}
