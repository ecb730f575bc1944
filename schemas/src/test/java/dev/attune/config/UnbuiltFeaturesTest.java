package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnbuiltFeaturesTest {
  private static final String REMOTE = "gs:// paths are not built yet; use a file of this machine";

  @ParameterizedTest
  @CsvSource({
    "../taxonomy/learningdomains.json, gs://b/t.json, 4",
    "improvements/*.jsonl, gs://b/*.jsonl, 13",
    "observations/*.csv, gs://b/*.csv, 15",
    "generated/*.jsonl, gs://b/*.jsonl, 20",
    "../build/datasets, gs://b/datasets, 26",
    "envFile: .env, envFile: gs://b/env, 43",
  })
  void refusesPathsOfCloudStorage(String local, String remote, int line) {
    assertThat(Yaml.faults(Yaml.contract().replace(local, remote)))
        .containsExactly("attune.yaml:" + line + ": " + REMOTE);
  }
}
