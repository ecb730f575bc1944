package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.catalog.ExampleLimits;
import dev.attune.schema.DatasetManifest.Sources;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InputFingerprintTest {
  private static String of(@Nullable ExampleLimits limits) {
    return InputFingerprint.of(new byte[0], new Sources(null, null, null, null), null, limits);
  }

  @Test
  void changesWithTheLimitsOfAUsersFile() {
    String none = of(null);
    String some = of(new ExampleLimits(1, 2, 3));
    assertThat(some)
        .isNotEqualTo(none)
        .isNotEqualTo(of(new ExampleLimits(1, 2, null)))
        .isEqualTo(of(new ExampleLimits(1, 2, 3)));
  }
}
