package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.DataflowConfig.JobPlace;
import dev.attune.config.DataflowConfig.Workers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataflowConfigTest {
  @Test
  void fillsInEveryDefault() throws Exception {
    assertThat(Yaml.load(Yaml.LEAST).dataflow())
        .isEqualTo(
            new DataflowConfig(
                new JobPlace(null, null, null),
                new Workers(null, null, true, "n2-highmem-2", 10, false),
                Map.of(),
                null));
  }

  @Test
  void readsWhatIsWritten() throws Exception {
    assertThat(Yaml.load(Yaml.contract()).dataflow())
        .isEqualTo(
            new DataflowConfig(
                new JobPlace("my-project", "us-central1", "gs://bucket/tmp"),
                new Workers(
                    "worker@my-project.iam.gserviceaccount.com",
                    "regions/us-central1/subnetworks/private",
                    false,
                    "n2-highmem-2",
                    20,
                    false),
                Map.of("team", "ml"),
                25.0));
  }

  @Test
  void takesProjectAndRegionOfTuning() throws Exception {
    String yaml = Yaml.LEAST + "tuning: {project: p, location: europe-west4}\n";
    assertThat(Yaml.load(yaml).dataflow().place())
        .isEqualTo(new JobPlace("p", "europe-west4", null));
    assertThat(Yaml.load(yaml + "dataflow: {region: us-east1}\n").dataflow().place())
        .isEqualTo(new JobPlace("p", "us-east1", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tempLocation: /tmp",
        "tempLocation: gs://Bucket/x",
        "maxWorkers: 0",
        "subnetwork: private",
        "serviceAccount: worker",
        "labels: {Team: ml}",
        "labels: {team: M.L}",
        "labels: [team]",
        "maxCostUsd: -1",
        "workers: 3"
      })
  void refusesInvalidValues(String key) {
    assertThat(Yaml.faults(Yaml.LEAST + "dataflow: {" + key + "}\n")).hasSize(1);
  }
}
