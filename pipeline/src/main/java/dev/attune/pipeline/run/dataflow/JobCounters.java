package dev.attune.pipeline.run.dataflow;

import com.google.api.services.dataflow.model.MetricUpdate;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareStage;
import java.util.List;
import java.util.Map;

/**
 * How far a job is, by the counters of its own steps.
 *
 * @param read records read from all sources
 * @param checked records that the checks have seen
 */
record JobCounters(long read, long checked) {
  private static final String SOURCES = "dev.attune.pipeline.source.";
  private static final String CHECKS = "dev.attune.pipeline.check.";

  static JobCounters of(List<MetricUpdate> metrics) {
    long read = 0;
    long checked = 0;
    for (MetricUpdate metric : metrics) {
      Map<String, String> context = metric.getName().getContext();
      String namespace = context == null ? "" : context.getOrDefault("namespace", "");
      if ("read".equals(metric.getName().getName()) && metric.getScalar() != null) {
        if (namespace.startsWith(SOURCES)) {
          read += number(metric.getScalar());
        } else if (namespace.startsWith(CHECKS)) {
          checked += number(metric.getScalar());
        }
      }
    }
    return new JobCounters(read, checked);
  }

  static long number(Object scalar) {
    return scalar instanceof Number number
        ? number.longValue()
        : (long) Double.parseDouble(scalar.toString());
  }

  void report(PrepareProgress progress) {
    if (read == 0) {
      progress.at(PrepareStage.START, -1, 0);
    } else if (checked < read) {
      progress.at(PrepareStage.READ, read, 0);
    } else {
      progress.at(PrepareStage.DATAFLOW, -1, 0);
    }
  }
}
