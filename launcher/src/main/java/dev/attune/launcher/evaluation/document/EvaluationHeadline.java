package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.promotion.GatePreview;
import dev.attune.page.FigureText;
import java.util.stream.Collectors;

/**
 * The headline of evaluation.html: the result of the gate and the accuracy of the models.
 *
 * @param basis sentence with the figures of the gate; empty without a result
 * @param tone style of the sentence
 */
record EvaluationHeadline(String sentence, String basis, Tone tone) {
  /** Style of the sentence: whether the gate would promote the model. */
  enum Tone {
    PASSES,
    FAILS,
    NEUTRAL
  }

  static EvaluationHeadline of(EvaluationReport report, EvaluationContext setting) {
    String accuracy =
        "accuracy is "
            + IntervalText.share(report.model().figures().accuracy())
            + " on "
            + FigureText.count(report.title().examples(), report.title().split() + " example")
            + others(report)
            + ".";
    GatePreview gate = setting.gate();
    if (gate != null) {
      String answer =
          gate.passes() ? "The gate would promote this model" : "The gate would refuse this model";
      return new EvaluationHeadline(
          answer + ": its " + accuracy,
          "By the gate's rules when this page was written: "
              + gate.figures()
              + ". attune models shows what was decided afterwards.",
          gate.passes() ? Tone.PASSES : Tone.FAILS);
    }
    if (report.model().id().equals(setting.champion())) {
      return new EvaluationHeadline(
          "This model was in use when this page was written: its " + accuracy, "", Tone.NEUTRAL);
    }
    return new EvaluationHeadline("Its " + accuracy, "", Tone.NEUTRAL);
  }

  private static String others(EvaluationReport report) {
    String others =
        report.rivals().stream()
            .map(EvaluationHeadline::other)
            .collect(Collectors.joining(" and "));
    return others.isEmpty() ? "" : ", against " + others;
  }

  private static String other(Rival rival) {
    return FigureText.share(rival.measured().figures().accuracy().value())
        + " of the "
        + rival.measured().role().key();
  }
}
