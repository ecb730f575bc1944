package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig;
import dev.attune.place.Place;

/**
 * A request for a tuning job.
 *
 * @param dataset the directory of the dataset, as typed
 * @param tuning the back end, the parameters and the cost cap
 * @param again whether to create another job if the last one failed
 * @param waits whether to poll the job until it ends
 */
public record TuningRequest(Place dataset, TuningConfig tuning, boolean again, boolean waits) {}
