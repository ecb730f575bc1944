package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.session.SessionOpener;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.status.Sleeper;
import java.util.function.Function;

/**
 * The services that a run uses.
 *
 * @param preparation runs the pipeline
 * @param backEnds opens the back ends
 * @param models opens the models to evaluate
 * @param judges opens the models that judge
 * @param sleeper waits between two polls of a job
 */
public record LoopServices(
    DatasetPreparation preparation,
    BackEndFactory backEnds,
    Function<AttuneConfig, ModelOpener> models,
    SessionOpener judges,
    Sleeper sleeper) {}
