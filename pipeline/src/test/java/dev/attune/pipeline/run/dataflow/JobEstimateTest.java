package dev.attune.pipeline.run.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.api.services.dataflow.model.MetricStructuredName;
import com.google.api.services.dataflow.model.MetricUpdate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobEstimateTest {
  private static final MachineShape STANDARD = MachineShape.of("n1-standard-1");

  private static JobEstimate of(long records, boolean near) {
    return JobEstimate.of(
        new JobEstimate.Input(records, records * 600, near), STANDARD, 1000, false);
  }

  @Test
  void agreesWithTheTableOfTheDocumentation() {
    JobEstimate tenMillion = of(10_000_000, false);
    assertThat(tenMillion.usage().vcpuHours()).isCloseTo(0.53, within(0.1));
    assertThat(tenMillion.usd()).isCloseTo(0.11, within(0.02));
    JobEstimate thousandMillion = of(1_000_000_000, false);
    assertThat(thousandMillion.usage().vcpuHours()).isCloseTo(50, within(1.0));
    assertThat(thousandMillion.usage().billedShuffleGb()).isCloseTo(1137.5, within(0.1));
    assertThat(thousandMillion.usd()).isCloseTo(16.1, within(0.5));
    assertThat(of(1_000_000_000, true).usd()).isGreaterThan(thousandMillion.usd());
  }

  @Test
  void countsTheStartOfEachWorker() {
    JobEstimate small = of(10, false);
    assertThat(small.workers()).isEqualTo(1);
    assertThat(small.usage().vcpuHours()).isCloseTo(4 / 60.0, within(1e-3));
    JobEstimate few =
        JobEstimate.of(
            new JobEstimate.Input(1_000_000_000, 1, false),
            MachineShape.of("n2-highmem-2"),
            3,
            true);
    assertThat(few.workers()).isEqualTo(3);
    assertThat(few.usage().memoryGbHours()).isCloseTo(8 * few.usage().vcpuHours(), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "n1-standard-1, 1, 4",
        "n2-highmem-2, 2, 16",
        "e2-highcpu-16, 16, 16",
        "zones/z/machineTypes/n2d-standard-8, 8, 32",
        "g1-small, 1, 3.75",
        "none, 1, 3.75"
      })
  void readsTheShapeOffTheName(String machine, int vcpus, double memory) {
    assertThat(MachineShape.of(machine)).isEqualTo(new MachineShape(vcpus, memory));
  }

  private static MetricUpdate service(String name, double value) {
    return new MetricUpdate()
        .setScalar(value)
        .setName(new MetricStructuredName().setOrigin("dataflow/v1b3").setName(name));
  }

  @Test
  void saysWhatAJobDidCost() {
    Optional<String> sentence =
        JobCost.sentence(
            List.of(
                service("TotalVcpuTime", 7200),
                service("TotalMemoryUsage", 8 * 1024 * 3600.0),
                service("TotalPdUsage", 50 * 3600.0),
                service("BillableShuffleDataProcessed", 1.5)),
            false);
    assertThat(sentence)
        .contains(
            "The job took 2.00 vCPU hours, 8.00 GB hours of memory and 1.50 GB of billed shuffle:"
                + " about 0.16 US dollars (prices of 2023-09-18)");
    assertThat(JobCost.sentence(List.of(), false)).isEmpty();
  }
}
