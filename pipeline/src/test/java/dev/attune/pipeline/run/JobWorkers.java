package dev.attune.pipeline.run;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.write.destination.BucketTarget;
import dev.attune.pipeline.write.destination.RunLock;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.ObjectPlace;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;

/**
 * Does in this process what the workers of a job do that another process has submitted: the lock
 * and the folder of the parts are those that the labels of the job name.
 */
public final class JobWorkers {
  private JobWorkers() {}

  /**
   * Runs the stages and publishes.
   *
   * @param yaml the configuration of the launch; the dataset is in a bucket
   * @param labels of the job
   * @param graph the stages
   */
  public static void work(Path yaml, Map<String, String> labels, PipelineRun.Graph graph)
      throws PrepareRefusedException, ConfigException, IOException {
    AttuneConfig config = ConfigLoader.load(yaml);
    PreparePlan plan =
        PreparePlan.of(
            new PrepareRequest(
                config, null, null, Map.of(), PrepareRunner.DATAFLOW, List.of(), null),
            PrepareProgress.NONE);
    DatasetManifest draft = DraftManifest.of(plan, null);
    DatasetManifest.Identity identity = draft.identity();
    if (!identity.inputFingerprint().contains(label(labels, "attune-input"))) {
      throw new IllegalStateException("the job is of other input: " + labels);
    }
    ObjectPlace datasets =
        (ObjectPlace)
            config.resolve(config.dataset().output().directory()).resolve(identity.dataset());
    LeftOverObjects objects = new LeftOverObjects(datasets, identity.runId());
    RunLock lock = new RunLock(objects.lock(identity.runId()), label(labels, "attune-launch"));
    Pipeline pipeline = Pipeline.create(RunnerOptions.of(List.of(), PrepareRunner.LOCAL));
    graph.build(
        pipeline,
        plan,
        PublicationPlan.of(
            plan,
            draft,
            new BucketTarget(datasets.resolve(identity.runId()), lock),
            new TemporaryFolder(objects.folder(label(labels, "attune-parts")) + "/")));
    pipeline.run().waitUntilFinish();
  }

  private static String label(Map<String, String> labels, String name) {
    String value = labels.get(name);
    if (value == null) {
      throw new IllegalStateException("the job has no label " + name);
    }
    return value;
  }
}
