package dev.attune.launcher.loop;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.figures.ModelFigures;
import dev.attune.page.FigureText;

/** Formats the deciding metric of a model and of the models that it was compared with. */
final class MetricSummary {
  private MetricSummary() {}

  /** Returns a line such as {@code macroF1 0.962, base 0.012, champion 0.879}. */
  static String of(EvaluationReport report, Metric metric) {
    StringBuilder line = new StringBuilder(metric.key());
    line.append(number(report.model().figures(), metric));
    for (EvaluationReport.Rival rival : report.rivals()) {
      line.append(", ").append(rival.measured().role().key());
      line.append(number(rival.measured().figures(), metric));
    }
    return line.toString();
  }

  private static String number(ModelFigures figures, Metric metric) {
    double value =
        switch (metric) {
          case ACCURACY -> figures.accuracy().value();
          case MACRO_F1 -> figures.macroF1().value();
          case MICRO_F1 -> figures.microF1().value();
        };
    return " " + FigureText.share(value);
  }
}
