package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.dataset.Preparation;
import dev.attune.launcher.evaluation.Models;
import dev.attune.launcher.tuning.BackEnds;
import dev.attune.launcher.tuning.Pause;
import java.util.function.Function;

/**
 * Who does the steps of the loop.
 *
 * @param preparation runs the pipeline
 * @param backEnds tune
 * @param models answer
 * @param pause how to wait for a job
 */
public record Tools(
    Preparation preparation,
    BackEnds backEnds,
    Function<AttuneConfig, Models> models,
    Pause pause) {}
