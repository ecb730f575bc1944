package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.source.SourceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * The same with a million rows, and what it took. Not part of verify: {@code ./mvnw -pl pipeline
 * -am test -Dtest=FeedbackAtScaleIT -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class FeedbackAtScaleIT {
  @Test
  void readsAMillionRowsOnceWhileOthersInsert()
      throws SQLException, SourceException, InterruptedException {
    ScaleScenario.Measured measured = ScaleScenario.run(1_000_000);

    System.out.println("FeedbackAtScaleIT " + measured);
    assertThat(measured.inserted()).isPositive();
  }
}
