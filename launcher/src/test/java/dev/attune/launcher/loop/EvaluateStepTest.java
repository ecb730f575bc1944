package dev.attune.launcher.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateStepTest {
  private static final BigDecimal SPENT = BigDecimal.valueOf(2);

  @TempDir private Path folder;

  private AttuneConfig config(String more) throws Exception {
    return ConfigLoader.load(
        Files.writeString(
            folder.resolve("attune.yaml"),
            """
            dataset: talks
            task: conversation
            sources: {generated: {files: [a.jsonl]}}
            """
                + more));
  }

  @Test
  void countsWhatImprovementsCostAgainstTheCapOfAllModels() throws Exception {
    AttuneConfig capped = config("spending: {maxCostUsd: 5}\n");

    assertThat(EvaluateStep.cap(capped, null, SPENT)).isEqualByComparingTo("3");
    assertThat(EvaluateStep.cap(capped, null, BigDecimal.TEN)).isEqualByComparingTo("0");
    // The run has subtracted it from its own cap.
    assertThat(EvaluateStep.cap(capped, 4.0, SPENT)).isEqualByComparingTo("4");
    assertThat(EvaluateStep.cap(config(""), null, SPENT)).isNull();
  }

  @Test
  void takesTheLowerCapOfTheConfiguration() throws Exception {
    String tuning = "tuning: {backEnd: local, maxCostUsd: 1}\n";

    assertThat(EvaluateStep.cap(config(tuning + "spending: {maxCostUsd: 5}\n"), null, SPENT))
        .isEqualByComparingTo("1");
    // The evaluation itself looks it up.
    assertThat(EvaluateStep.cap(config(tuning), null, SPENT)).isNull();
  }
}
