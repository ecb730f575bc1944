package dev.attune.pipeline.source.feedback.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeedbackRowTest {
  private static final FeedbackRow ROW =
      new FeedbackRow("17", "u", "Wie?", "So.", "1", "No ä", "2026-01-02T03:04:05Z", 0);

  @Test
  void hasTheHashThatImprovementsNameForEver() {
    assertThat(ROW.basis()).isEqualTo("effdc594af9b481a48a3877f6bc4760b");
    assertThat(new FeedbackRow(null, null, null, null, null, null, null, 0).basis())
        .isEqualTo("326a8ca97825794cbe04eb7e9ac623ed");
  }

  @Test
  void hasAnotherHashWithAnyOtherField() {
    List<FeedbackRow> others =
        List.of(
            ROW,
            new FeedbackRow("18", "u", "Wie?", "So.", "1", "No ä", "2026-01-02T03:04:05Z", 0),
            new FeedbackRow("17", null, "Wie?", "So.", "1", "No ä", "2026-01-02T03:04:05Z", 0),
            new FeedbackRow("17", "", "Wie?", "So.", "1", "No ä", "2026-01-02T03:04:05Z", 0),
            new FeedbackRow("17", "u", "Wie", "?So.", "1", "No ä", "2026-01-02T03:04:05Z", 0),
            new FeedbackRow("17", "u", "Wie?", "So.", "2", "No ä", "2026-01-02T03:04:05Z", 0),
            new FeedbackRow("17", "u", "Wie?", "So.", "1", "No", "2026-01-02T03:04:05Z", 0),
            new FeedbackRow("17", "u", "Wie?", "So.", "1", "No ä", null, 0));

    assertThat(others.stream().map(FeedbackRow::basis)).doesNotHaveDuplicates();
  }
}
