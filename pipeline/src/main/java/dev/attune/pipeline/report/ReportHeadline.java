package dev.attune.pipeline.report;

import static dev.attune.page.FigureText.count;
import static dev.attune.page.FigureText.percent;

import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CarriedOver;
import dev.attune.pipeline.accounting.RunSummary.Counts;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.report.ReportView.ReasonSum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sentence at the top of report.html: the most serious problem, then the figures.
 *
 * @param sentence text of the headline
 * @param tone how the page marks it
 */
record ReportHeadline(String sentence, Tone tone) {
  /** The sentence begins with the share of rejected records if it is above this. */
  private static final double MANY_REJECTED = 0.25;

  /** The assessment of a run, which the page shows as a colour. */
  enum Tone {
    GOOD,
    MIXED,
    BAD
  }

  /**
   * Returns the headline of a run.
   *
   * @param reasons over all sources, the most frequent first
   */
  static ReportHeadline of(RunSummary run, @Nullable String refusal, List<ReasonSum> reasons) {
    if (refusal != null) {
      return new ReportHeadline("Nothing was published: " + refusal, Tone.BAD);
    }
    Counts counts = run.counts();
    String worst = worst(run);
    String examples =
        count(counts.trainingExamples())
            + " training and "
            + count(counts.validationExamples(), "validation example")
            + " from "
            + count(counts.totalRead(), "record")
            + carried(counts.carried())
            + "; "
            + rejected(run, reasons)
            + across(counts);
    return worst.isEmpty()
        ? new ReportHeadline(examples, Tone.GOOD)
        : new ReportHeadline(worst + ": " + examples, Tone.MIXED);
  }

  private static String worst(RunSummary run) {
    Counts counts = run.counts();
    if (counts.trainingExamples() > 0 && counts.validationExamples() == 0) {
      return "No model tuned on this dataset can be evaluated, for it has no validation examples";
    }
    long unmeasured =
        run.categories().stream()
            .filter(category -> category.training() > 0 && category.validation() == 0)
            .count();
    if (unmeasured > 0) {
      return count(unmeasured)
          + " of "
          + count(run.categories().size())
          + (unmeasured == 1
              ? " categories has no validation example"
              : " categories have no validation example");
    }
    double rejected = counts.rejected() - run.readAgain();
    return rejected > MANY_REJECTED * counts.totalRead()
        ? percent(rejected / counts.totalRead()) + " of the records were rejected"
        : "";
  }

  private static String carried(@Nullable CarriedOver carried) {
    return carried == null
        ? ""
        : " and " + count(carried.total(), "example") + " of run " + carried.runId();
  }

  private static String rejected(RunSummary run, List<ReasonSum> reasons) {
    long rejected = run.counts().rejected();
    if (rejected == 0) {
      return "none was rejected";
    }
    String were = count(rejected) + (rejected == 1 ? " was rejected" : " were rejected");
    CarriedOver carried = run.counts().carried();
    if (carried != null && run.readAgain() > 0) {
      return were
          + ", up to "
          + count(run.readAgain())
          + " of them because they are already in run "
          + carried.runId()
          + others(reasons);
    }
    if (reasons.isEmpty()) {
      return were;
    }
    ReasonSum first = reasons.get(0);
    return reasons.size() == 1
        ? were + ", as " + first.reason()
        : were + ", most often as " + first.reason() + " (" + count(first.count()) + ")";
  }

  /** Names the most frequent reason besides that of records which were read again. */
  private static String others(List<ReasonSum> reasons) {
    return reasons.stream()
        .filter(sum -> sum.reason() != RejectionReason.EXACT_DUPLICATE)
        .findFirst()
        .map(sum -> ", then most often as " + sum.reason() + " (" + count(sum.count()) + ")")
        .orElse("");
  }

  /** States the measured separation: a group or prompt in both files would refuse the run. */
  private static String across(Counts counts) {
    return counts.validationExamples() == 0 || counts.trainingExamples() == 0
        ? "."
        : "; no group and no prompt is in both files.";
  }
}
