package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.source.SourceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FeedbackAtScaleTest {
  @Test
  void readsEveryRowOnceWhileOthersInsert()
      throws SQLException, SourceException, InterruptedException {
    ScaleScenario.Measured measured = ScaleScenario.run(60_000);

    assertThat(measured.inserted()).isPositive();
  }
}
