package dev.attune.pipeline.report;

import static dev.attune.page.FigureText.count;
import static dev.attune.page.FigureText.percent;

import dev.attune.pipeline.rejection.RejectionReason;
import dev.attune.pipeline.report.ReportData.CarriedOver;
import dev.attune.pipeline.report.ReportData.CategoryRow;
import dev.attune.pipeline.report.ReportData.Counts;
import dev.attune.pipeline.report.ReportView.ReasonSum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sentence at the top of report.html: what came of the records, the worst thing first.
 *
 * @param sentence what the page says
 * @param tone what the page marks it with
 */
record ReportHeadline(String sentence, Tone tone) {
  /** A share of rejected records above this comes first in the sentence. */
  private static final double MANY_REJECTED = 0.25;

  /** How the sentence is marked. */
  enum Tone {
    GOOD,
    MIXED,
    BAD
  }

  /**
   * Writes it.
   *
   * @param reasons over all sources, the most frequent first
   */
  static ReportHeadline of(ReportData data, List<ReasonSum> reasons) {
    if (data.refusal() != null) {
      return new ReportHeadline("Nothing was published: " + data.refusal(), Tone.BAD);
    }
    Counts counts = data.counts();
    String worst = worst(data, reasons);
    String examples =
        count(counts.trainingExamples())
            + " training and "
            + count(counts.validationExamples(), "validation example")
            + " from "
            + count(read(counts), "record")
            + carried(counts.carried())
            + "; "
            + rejected(counts, reasons)
            + across(counts);
    return worst.isEmpty()
        ? new ReportHeadline(examples, Tone.GOOD)
        : new ReportHeadline(worst + ": " + examples, Tone.MIXED);
  }

  private static String worst(ReportData data, List<ReasonSum> reasons) {
    Counts counts = data.counts();
    if (counts.trainingExamples() > 0 && counts.validationExamples() == 0) {
      return "No model tuned on this dataset can be evaluated, for it has no validation examples";
    }
    long unmeasured = data.categories().stream().filter(ReportHeadline::isUnmeasured).count();
    if (unmeasured > 0) {
      return count(unmeasured)
          + " of "
          + count(data.categories().size())
          + (unmeasured == 1
              ? " categories has no validation example"
              : " categories have no validation example");
    }
    long rejected = counts.rejected() - ReportView.readAgain(counts, reasons);
    if (rejected > MANY_REJECTED * read(counts)) {
      return percent((double) rejected / read(counts)) + " of the records were rejected";
    }
    return "";
  }

  private static boolean isUnmeasured(CategoryRow category) {
    return category.training() > 0 && category.validation() == 0;
  }

  private static String carried(@Nullable CarriedOver carried) {
    return carried == null
        ? ""
        : " and "
            + count(carried.training() + carried.validation(), "example")
            + " of run "
            + carried.runId();
  }

  private static String rejected(Counts counts, List<ReasonSum> reasons) {
    if (counts.rejected() == 0) {
      return "none was rejected";
    }
    String verb = counts.rejected() == 1 ? " was rejected" : " were rejected";
    long readAgain = ReportView.readAgain(counts, reasons);
    if (readAgain > 0) {
      return count(counts.rejected()) + verb + alreadyIn(counts, readAgain) + others(reasons);
    }
    if (reasons.isEmpty()) {
      return count(counts.rejected()) + verb;
    }
    ReasonSum first = reasons.get(0);
    String often = reasons.size() == 1 ? ", as " : ", most often as ";
    return count(counts.rejected())
        + verb
        + often
        + first.reason()
        + (reasons.size() == 1 ? "" : " (" + count(first.count()) + ")");
  }

  private static String alreadyIn(Counts counts, long readAgain) {
    CarriedOver carried = counts.carried();
    return carried == null
        ? ""
        : ", up to "
            + count(readAgain)
            + " of them because they are already in run "
            + carried.runId();
  }

  /** The most frequent reason beside that of records which were read again. */
  private static String others(List<ReasonSum> reasons) {
    return reasons.stream()
        .filter(sum -> !sum.reason().equals(RejectionReason.EXACT_DUPLICATE.name()))
        .findFirst()
        .map(sum -> ", then most often as " + sum.reason() + " (" + count(sum.count()) + ")")
        .orElse("");
  }

  /** Every published dataset was measured: a group or prompt in both files refuses the run. */
  private static String across(Counts counts) {
    return counts.validationExamples() == 0 || counts.trainingExamples() == 0
        ? "."
        : "; no group and no prompt is in both files.";
  }

  private static long read(Counts counts) {
    return counts.read().values().stream().mapToLong(Long::longValue).sum();
  }
}
