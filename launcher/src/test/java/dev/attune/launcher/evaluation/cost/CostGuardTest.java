package dev.attune.launcher.evaluation.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostGuardTest {
  private static final Spent SPENT = new Spent(BigDecimal.valueOf(2), BigDecimal.ONE);

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
  void countsModelsAgainstTheCapOfAllModels() throws Exception {
    AttuneConfig capped = config("spending: {maxCostUsd: 5}\n");

    assertThat(CostGuard.left(capped, null, SPENT)).isEqualByComparingTo("3");
    assertThat(CostGuard.left(capped, null, new Spent(BigDecimal.TEN, BigDecimal.ZERO)))
        .isEqualByComparingTo("0");
    assertThat(CostGuard.left(config(""), null, SPENT)).isNull();
  }

  @Test
  void countsModelsAndTuningAgainstTheCapOfTheCommand() throws Exception {
    AttuneConfig capped = config("spending: {maxCostUsd: 1}\n");

    assertThat(CostGuard.left(capped, 12.0, SPENT)).isEqualByComparingTo("9");
    assertThat(CostGuard.left(capped, 12.0, SPENT.afterTuning(BigDecimal.TEN)))
        .isEqualByComparingTo("0");
  }

  @Test
  void takesTheLowerCapOfTheConfiguration() throws Exception {
    String tuning = "tuning: {backEnd: local, maxCostUsd: 3}\n";

    assertThat(CostGuard.left(config(tuning), null, SPENT)).isEqualByComparingTo("2");
    assertThat(CostGuard.left(config(tuning + "spending: {maxCostUsd: 9}\n"), null, SPENT))
        .isEqualByComparingTo("2");
    assertThat(CostGuard.left(config(tuning + "spending: {maxCostUsd: 2.5}\n"), null, SPENT))
        .isEqualByComparingTo("0.5");
  }
}
