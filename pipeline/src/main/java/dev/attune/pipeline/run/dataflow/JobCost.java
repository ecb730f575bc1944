package dev.attune.pipeline.run.dataflow;

import com.google.api.services.dataflow.model.MetricUpdate;
import dev.attune.catalog.DataflowPrices;
import dev.attune.catalog.DataflowPrices.Usage;
import dev.attune.message.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a job did take, by the metrics of the service. */
final class JobCost {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final double MB_PER_GB = 1024;

  private JobCost() {}

  /** Returns a sentence with resources and dollars; empty if the service gave no figures. */
  static Optional<String> sentence(List<MetricUpdate> metrics, boolean flexRs) {
    Map<String, Double> values = new HashMap<>();
    for (MetricUpdate metric : metrics) {
      if (metric.getScalar() != null && !"user".equals(metric.getName().getOrigin())) {
        values.put(metric.getName().getName(), Double.parseDouble(metric.getScalar().toString()));
      }
    }
    if (!values.containsKey("TotalVcpuTime")) {
      return Optional.empty();
    }
    Usage usage =
        new Usage(
            // seconds, MB seconds, GB seconds, GB
            values.getOrDefault("TotalVcpuTime", 0.0) / SECONDS_PER_HOUR,
            values.getOrDefault("TotalMemoryUsage", 0.0) / MB_PER_GB / SECONDS_PER_HOUR,
            values.getOrDefault("TotalPdUsage", 0.0) / SECONDS_PER_HOUR,
            values.getOrDefault("BillableShuffleDataProcessed", 0.0));
    DataflowPrices prices = DataflowPrices.bundled();
    return Optional.of(
        Messages.of(
            "pipeline.dataflow.cost",
            figure(usage.vcpuHours()),
            figure(usage.memoryGbHours()),
            figure(usage.billedShuffleGb()),
            dollars(prices.usd(usage, flexRs)),
            prices.pricesOf()));
  }

  static String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  static String dollars(double usd) {
    return String.format(Locale.ROOT, "%.2f", Math.max(usd, 0.01));
  }
}
