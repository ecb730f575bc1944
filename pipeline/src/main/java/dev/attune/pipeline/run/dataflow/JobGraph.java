package dev.attune.pipeline.run.dataflow;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.Job;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.Pipeline;

/**
 * Makes the call that creates a job out of a pipeline. Beam's runner would create the job itself,
 * with a random request id; it is asked for a template instead, whose content is the call.
 */
final class JobGraph {
  private static final String TEMPLATE = "templateLocation";

  private JobGraph() {}

  /**
   * Puts what workers need into the bucket and returns the call.
   *
   * @param pipeline created from options with {@link #writeTo}
   * @param template the file of {@link #writeTo}
   */
  static Job of(Pipeline pipeline, Path template) throws IOException {
    pipeline.run();
    Job job;
    try (Reader reader = Files.newBufferedReader(template, StandardCharsets.UTF_8)) {
      job = GsonFactory.getDefaultInstance().fromReader(reader, Job.class);
    } finally {
      Files.deleteIfExists(template);
    }
    forgetThisMachine(job);
    return job;
  }

  /** Lets the runner write the call into a file. */
  static void writeTo(Path template, DataflowPipelineOptions options) {
    options.setTemplateLocation(template.toAbsolutePath().toString());
  }

  /** Removes what only this machine knows from the options that the service and workers get. */
  private static void forgetThisMachine(Job job) {
    if (job.getEnvironment() == null || job.getEnvironment().getSdkPipelineOptions() == null) {
      return;
    }
    Map<String, Object> all = job.getEnvironment().getSdkPipelineOptions();
    if (all.get("options") instanceof Map<?, ?> options) {
      options.remove(TEMPLATE);
      options.remove("filesToStage");
      options.remove("localTempFolder");
      options.remove("dataflowEndpoint");
    }
    // Has the same values once more, for people.
    all.remove("display_data");
  }
}
