package dev.attune.pipeline.prepare;

import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.place.Place;

/**
 * A published dataset.
 *
 * @param directory the folder of the dataset
 * @param unchanged whether the folder already had the same dataset, so that nothing was written
 * @param summary figures of the run
 */
public record PrepareResult(Place directory, boolean unchanged, RunSummary summary) {}
