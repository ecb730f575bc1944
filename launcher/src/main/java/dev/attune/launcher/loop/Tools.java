package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.dataset.Preparation;
import dev.attune.launcher.evaluation.Models;
import dev.attune.launcher.tuning.BackEnds;
import dev.attune.launcher.tuning.Pause;
import java.util.function.Function;

/**
 * The services that a run uses. * * @param preparation runs the pipeline * @param backEnds opens
 * the back ends * @param models opens the models to evaluate * @param pause waits between two polls
 * of a job
 */
public record Tools(
    Preparation preparation,
    BackEnds backEnds,
    Function<AttuneConfig, Models> models,
    Pause pause) {}
