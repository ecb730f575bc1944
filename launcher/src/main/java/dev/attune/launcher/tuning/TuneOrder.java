package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import java.nio.file.Path;

/**
 * What is to be tuned.
 *
 * @param dataset its directory as typed
 * @param tuning how, by whom, at what cost
 * @param again whether to create another job where the last one failed
 * @param waits whether to watch the job until it ends
 */
public record TuneOrder(Path dataset, TuningConfig tuning, boolean again, boolean waits) {}
