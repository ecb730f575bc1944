package dev.attune.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.TestShell;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.RejectionRow;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.place.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Path HERE = Path.of("/clone").toAbsolutePath();
  private static final Duration TOOK = Duration.ofMillis(2_460);

  private final TestShell shell = new TestShell(HERE);

  @Test
  void givesSumsReasonsCategoriesAndPlaces() {
    PreparedDataset prepared =
        new PreparedDataset(Reports.result(HERE.resolve("build/datasets/r1")), TOOK);
    assertThat(Summary.of(prepared, shell.shell()).lines())
        .containsExactly(
            "childcare-observations: 1,200 records read in 2.5 s",
            "  = 150 feedback + 1,050 observations",
            "  = 1,000 training + 100 validation + 100 rejected",
            "",
            "rejected",
            "  feedback      INVALID_RATING    4  e.g. row 17",
            "  observations  INVALID_RATING    1  e.g. a.csv:3",
            "  observations  EXACT_DUPLICATE  95  e.g. a.csv:63",
            "",
            "redacted",
            "  1,200 email, 3 phone in the texts read",
            "",
            "examples by category",
            "  category    training  validation",
            "  category-0     1,000           0",
            "  category-1     1,001           1",
            "",
            "notes",
            "  physical has no validation example.",
            "",
            "dataset  build/datasets/r1",
            "report   build/datasets/r1/report.html");
  }

  @Test
  void saysWhatWasCarriedOver() {
    RunSummary without = Reports.report(0);
    RunSummary.Counts counts = without.counts();
    RunSummary report =
        new RunSummary(
            without.dataset(),
            without.runId(),
            without.fingerprint(),
            new RunSummary.Counts(
                counts.read(),
                counts.training(),
                counts.validation(),
                counts.rejected(),
                new RunSummary.CarriedOver("r0", 12_345, 67)),
            without.rejections(),
            Map.of(),
            List.of(),
            List.of());
    assertThat(Summary.sums(report, TOOK))
        .endsWith(
            "  = 1,000 training + 100 validation + 100 rejected (up to 95 of them are examples of"
                + " run r0, read again)",
            "  + 12,345 training + 67 validation carried over from run r0");
  }

  @Test
  void givesARateOfManyRecordsAndALongRunOnly() {
    assertThat(Summary.sums(Reports.report(0), Duration.ofMillis(26_800)))
        .startsWith("childcare-observations: 1,200 records read in 26.8 s, 45 a second");
    assertThat(Summary.sums(Reports.report(0), Duration.ofMillis(2_999)))
        .startsWith("childcare-observations: 1,200 records read in 3.0 s");
  }

  @Test
  void leavesTheTwentyFirstCategoryToTheReport() {
    List<String> lines = Summary.ofRefused(Reports.report(22), TOOK).lines();
    assertThat(lines)
        .contains("  category-19     1,019          19", "  … and 2 more in report.html")
        .noneMatch(line -> line.contains("category-20"));
  }

  @Test
  void saysThatNothingWasWritten() {
    PrepareResult again = new PrepareResult(Place.of(HERE), true, Reports.report(0));
    assertThat(Summary.of(new PreparedDataset(again, TOOK), shell.shell()).lines())
        .endsWith("The same dataset stood there already: nothing was written.")
        .doesNotContain("examples by category");
  }

  @Test
  void keepsFromTheTerminalWhatItWouldObey() {
    String place = "row \u001b[2J\n" + "9".repeat(100);
    assertThat(Summary.ofRefused(rejecting("feedback", place), TOOK).lines())
        .endsWith("  feedback  INVALID_RATING  1  e.g. row \uFFFD[2J\uFFFD" + "9".repeat(71) + "…");
  }

  @Test
  void namesFileAndLineHoweverLongTheNameIs() {
    String place = "observations/" + "of-the-third-group-".repeat(12) + ".csv:1207";
    assertThat(Summary.ofRefused(rejecting("observations", place), TOOK).lines())
        .endsWith("  observations  INVALID_RATING  1  e.g. " + place);
  }

  private static RunSummary rejecting(String source, String place) {
    RunSummary other = Reports.report(0);
    return new RunSummary(
        other.dataset(),
        other.runId(),
        other.fingerprint(),
        other.counts(),
        List.of(new RejectionRow(source, RejectionReason.INVALID_RATING, 1, place)),
        Map.of(),
        List.of(),
        List.of());
  }
}
