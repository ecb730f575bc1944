package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnbuiltFeaturesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "passwordEnv: FEEDBACK_DB_PASSWORD ~ passwordSecret: projects/p/secrets/s/versions/1 ~ 9:"
            + " passwordSecret is not built yet; use passwordEnv",
      })
  void refusesByNameWhatIsNotBuilt(String built, String notBuilt, String sentence) {
    assertThat(Yaml.faults(Yaml.contract().replace(built, notBuilt)))
        .containsExactly("attune.yaml:" + sentence);
  }
}
