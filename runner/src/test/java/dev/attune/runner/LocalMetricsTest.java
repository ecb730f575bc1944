package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.metrics.StringSet;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;

class LocalMetricsTest {
  private static final CountDownLatch REACHED = new CountDownLatch(1);
  private static final CountDownLatch GO_ON = new CountDownLatch(1);

  private static final class MeasureFn extends DoFn<Long, Void> {
    private final Counter counter = Metrics.counter("test", "counter");
    private final Distribution distribution = Metrics.distribution("test", "distribution");
    private final Gauge gauge = Metrics.gauge("test", "gauge");
    private final StringSet strings = Metrics.stringSet("test", "strings");

    @ProcessElement
    public void processElement(@Element Long element) throws InterruptedException {
      counter.inc();
      distribution.update(element);
      gauge.set(7);
      strings.add(element % 2 == 0 ? "even" : "odd");
      if (element == 4) {
        REACHED.countDown();
        assertThat(GO_ON.await(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void areAttemptedDuringTheRunAndCommittedAfterIt() throws InterruptedException {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalBlocking(false));
    pipeline.apply(GenerateSequence.from(0).to(10)).apply("Measure", ParDo.of(new MeasureFn()));
    PipelineResult result = pipeline.run();
    assertThat(REACHED.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(metrics(result).getCounters().iterator().next().getAttempted()).isEqualTo(5);
    GO_ON.countDown();
    result.waitUntilFinish();
    MetricQueryResults metrics = metrics(result);
    assertThat(metrics.getCounters())
        .singleElement()
        .satisfies(
            counter -> {
              assertThat(counter.getCommitted()).isEqualTo(10);
              assertThat(counter.getAttempted()).isEqualTo(10);
              assertThat(counter.getKey().stepName()).startsWith("Measure");
            });
    assertThat(metrics.getDistributions().iterator().next().getCommitted())
        .isEqualTo(DistributionResult.create(45, 10, 0, 9));
    assertThat(metrics.getGauges().iterator().next().getCommitted().getValue()).isEqualTo(7);
    assertThat(metrics.getStringSets().iterator().next().getCommitted().getStringSet())
        .isEqualTo(Set.of("even", "odd"));
  }

  private static MetricQueryResults metrics(PipelineResult result) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(org.apache.beam.sdk.metrics.MetricNameFilter.inNamespace("test"))
                .build());
  }
}
