package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredPlacesTest {
  @ParameterizedTest
  @CsvSource({
    "../taxonomy/learningdomains.json, t.json, 4",
    "improvements/*.jsonl, *.jsonl, 13",
    "observations/*.csv, *.csv, 15",
    "generated/*.jsonl, *.jsonl, 20",
    "../build/datasets, datasets, 26",
    "envFile: .env, env, 55",
  })
  void takesBucketsAndRefusesWhatIsNone(String local, String name, int line) {
    String key = local.contains(": ") ? local.substring(0, local.indexOf(' ') + 1) : "";

    assertThat(Yaml.faults(Yaml.contract().replace(local, key + "gs://my-bucket/" + name)))
        .isEmpty();

    assertThat(Yaml.faults(Yaml.contract().replace(local, key + "gs://B/" + name)))
        .containsExactly(
            "attune.yaml:"
                + line
                + ": gs://B/"
                + name
                + " does not name a bucket: write gs://bucket/name, with the bucket's 3 to 222"
                + " small letters, digits, hyphens, underscores and dots");
    assertThat(Yaml.faults(Yaml.contract().replace(local, key + "s3://my-bucket/" + name)))
        .containsExactly(
            "attune.yaml:"
                + line
                + ": s3://my-bucket/"
                + name
                + " is neither a path nor gs://bucket/name");
    assertThat(Yaml.faults(Yaml.contract().replace(local, key + "gs:/my-bucket/" + name)))
        .singleElement()
        .asString()
        .endsWith(" is neither a path nor gs://bucket/name");
  }
}
