package dev.attune.runner.step;

import dev.attune.runner.spill.MemoryBudget;
import dev.attune.runner.spill.SpillFolder;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What all steps of a run share.
 *
 * @param options the pipeline's options
 * @param threads the number of threads
 * @param budget the heap budget
 * @param folder the folder of temporary files
 * @param metrics the metrics of all steps
 * @param enforcement which rules of Beam's model are checked
 * @param stop says when bundles end early
 */
public record RunContext(
    PipelineOptions options,
    int threads,
    MemoryBudget budget,
    SpillFolder folder,
    StepMetrics metrics,
    Enforcement enforcement,
    StopSignal stop) {}
