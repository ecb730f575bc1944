package dev.attune.pipeline.run.dataflow;

import dev.attune.catalog.DataflowPrices;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job before it is submitted.
 *
 * @param records of all sources, an estimate
 * @param bytes of all sources, not compressed
 * @param near whether near duplicates are looked for
 */
public record JobPlan(long records, long bytes, boolean near) {
  /**
   * Tells name, region, workers and cost of the job.
   *
   * @param maxCostUsd the cost cap in US dollars, or null
   * @throws PrepareRefusedException if the job is estimated to cost more than the cap
   */
  public void tell(
      String name, PipelineOptions options, @Nullable Double maxCostUsd, PrepareProgress progress)
      throws PrepareRefusedException {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    JobEstimate estimate =
        JobEstimate.of(
            new JobEstimate.Input(records, bytes, near),
            MachineShape.of(dataflow.getWorkerMachineType()),
            Math.max(1, dataflow.getMaxNumWorkers()),
            dataflow.getFlexRSGoal()
                == DataflowPipelineOptions.FlexResourceSchedulingGoal.COST_OPTIMIZED);
    String dollars = JobCost.dollars(estimate.usd());
    String date = DataflowPrices.bundled().pricesOf().toString();
    if (maxCostUsd != null && estimate.usd() > maxCostUsd) {
      throw new PrepareRefusedException(
          Messages.of("pipeline.dataflow.too-expensive", dollars, date, maxCostUsd));
    }
    progress.tell(
        Messages.of(
            "pipeline.dataflow.plan",
            name,
            dataflow.getRegion(),
            estimate.workers(),
            String.valueOf(dataflow.getWorkerMachineType()),
            dollars,
            JobCost.figure(estimate.usage().vcpuHours()),
            date));
  }
}
