package dev.attune.pipeline.prepare;

import dev.attune.pipeline.accounting.RunSummary;
import java.nio.file.Path;

/**
 * A published dataset.
 *
 * @param directory the folder of the dataset
 * @param unchanged whether the folder already had the same dataset, so that nothing was written
 * @param summary figures of the run
 */
public record PrepareResult(Path directory, boolean unchanged, RunSummary summary) {}
