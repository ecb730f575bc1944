package dev.attune.pipeline.run.dataflow;

import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;

/**
 * The jars of this process that workers on Dataflow need. Beam names each by the hash of its
 * content where it puts it, and sends only those that are not there yet.
 */
final class SentFiles {
  /** Other engines, their libraries, and what only the launcher uses. */
  private static final List<String> NOT_SENT =
      List.of(
          "attune-runner-",
          "attune-testing-",
          "beam-runners-direct-java-",
          "beam-runners-flink-",
          "chill-java-",
          "commons-cli-",
          "flink-",
          "flyway-",
          "google-cloud-aiplatform-",
          "grpc-google-cloud-aiplatform-",
          "h2-",
          "jansi-",
          "jdbi3-",
          "jfreechart-",
          "jline-",
          "jtokkit-",
          "kryo-",
          "picocli-",
          "progressbar-",
          "proto-google-cloud-aiplatform-",
          // The worker has its own.
          "slf4j-jdk14-",
          "tribuo-");

  private SentFiles() {}

  /** Selects the jars, unless the options name files. */
  static void select(DataflowPipelineOptions options) {
    if (options.getFilesToStage() == null) {
      options.setFilesToStage(
          PipelineResources.detectClassPathResourcesToStage(
                  DataflowRunner.class.getClassLoader(), options)
              .stream()
              .filter(file -> isSent(String.valueOf(Path.of(file).getFileName())))
              .toList());
    }
  }

  static boolean isSent(String name) {
    return NOT_SENT.stream().noneMatch(name::startsWith);
  }
}
