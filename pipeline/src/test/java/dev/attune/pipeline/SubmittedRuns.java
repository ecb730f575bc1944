package dev.attune.pipeline;

import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.prepare.SubmittedJob;
import dev.attune.pipeline.run.PipelineRun;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.run.dataflow.LaunchesInTests;
import dev.attune.pipeline.run.lease.ShortLeases;
import dev.attune.pipeline.write.Publication;
import dev.attune.place.StorageClient;
import dev.attune.testing.dataflowapi.DataflowCall.Kind;
import dev.attune.testing.dataflowapi.DataflowStub;
import dev.attune.testing.dataflowapi.JobScript;
import dev.attune.testing.gcs.ServedBucket;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;

/**
 * Runs on stubs of Dataflow and of Cloud Storage. When a job is created, this process does what its
 * workers would do, before the launch gets the answer.
 */
final class SubmittedRuns implements AutoCloseable {
  static final String RUN = "out/answers/one/";

  private final ServedBucket served =
      ServedBucket.start("bkt-a", StorageClient.ENDPOINT, StorageClient::configure);

  final StorageStub storage = served.stub();
  final StubBucket bucket = served.bucket();
  final DataflowStub service = DataflowStub.start();
  final List<String> told = new ArrayList<>();
  final List<PrepareStage> stages = new ArrayList<>();

  /** The environment of launches. */
  final Map<String, String> environment = new TreeMap<>();

  /** The address that launches call; that of {@link #service} if it is not set. */
  String endpoint = service.url();

  private final Path folder;
  private final AtomicReference<Runnable> work = new AtomicReference<>(() -> {});
  private int launches;

  SubmittedRuns(Path folder) throws IOException {
    this.folder = folder;
    ShortLeases.use(Duration.ofSeconds(2));
    LaunchesInTests.pollFast();
    input(12);
    service.script(JobScript.of().pending(1).running(2).done());
    service.faults().on(Kind.CREATE).after(call -> work.getAndSet(() -> {}).run());
  }

  @Override
  public void close() {
    LaunchesInTests.reset();
    ShortLeases.reset();
    service.close();
    served.close();
  }

  void input(int records) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < records; i++) {
      lines.append(
          "{\"id\":%d,\"prompt\":\"Ask %d\",\"response\":\"Say %d\"}\n".formatted(i, i, i));
    }
    bucket.put("in/samples.jsonl", lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A configuration with these lines in its section dataflow. */
  Path config(String... dataflow) throws IOException {
    return Prepare.write(
        folder.resolve("attune.yaml"),
        """
        dataset: answers
        task: conversation
        sources: {generated: {files: ["gs://bkt-a/in/*.jsonl"]}}
        quality: {minimum: 0}
        output: {directory: "gs://bkt-a/out"}
        dataflow:
          project: test-project
          region: us-central1
          tempLocation: gs://bkt-a/tmp
        """
            + String.join("", List.of(dataflow).stream().map(line -> "  " + line + "\n").toList()));
  }

  PrepareResult run() throws Exception {
    return launch(config()).run(progress());
  }

  Optional<SubmittedJob> submit() throws Exception {
    return launch(config()).submit(progress());
  }

  /** A launch as from a machine of its own: no disk is shared. */
  PipelineRun launch(Path yaml, String... options) throws Exception {
    return launch(yaml, this::build, options);
  }

  /** A launch of another pipeline. */
  PipelineRun launch(Path yaml, PipelineRun.Graph graph, String... options) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk" + launches++));
    Path jar = folder.resolve("app.jar");
    if (Files.notExists(jar)) {
      Files.writeString(jar, "the classes of workers");
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                "--dataflowEndpoint=" + endpoint,
                "--filesToStage=" + jar,
                "--localTempFolder=" + disk));
    all.addAll(List.of(options));
    return PipelineRun.of(
        new PrepareRequest(
            ConfigLoader.load(yaml), "one", null, environment, PrepareRunner.DATAFLOW, all, null),
        graph);
  }

  /** Does what the workers of the job that was built last would do. */
  void workHere() {
    work.getAndSet(() -> {}).run();
  }

  /** The content of each file of the dataset that does not tell when or by whom it was made. */
  Map<String, String> content() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String name : List.of("train.jsonl", "valid.jsonl", "lineage.jsonl", "rejected.jsonl")) {
      all.put(name, new String(bucket.read(RUN + name), StandardCharsets.UTF_8));
    }
    return all;
  }

  private void build(Pipeline pipeline, PreparePlan plan, Publication publication) {
    PrepareDataset.build(pipeline, plan, publication);
    work.set(() -> runHere(plan, publication));
  }

  private static void runHere(PreparePlan plan, Publication publication) {
    try {
      Pipeline pipeline = Pipeline.create(RunnerOptions.of(List.of(), PrepareRunner.LOCAL));
      PrepareDataset.build(pipeline, plan, publication);
      pipeline.run().waitUntilFinish();
    } catch (PrepareRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The workers of later jobs do nothing. */
  void workersDoNothing() {
    service.faults().clear();
  }

  PrepareProgress progress() {
    return new PrepareProgress() {
      @Override
      public void tell(String sentence) {
        told.add(sentence);
      }

      @Override
      public void at(PrepareStage stage, long done, long total) {
        stages.add(stage);
      }
    };
  }

  /** The names of the dataset's files. */
  List<String> published() {
    return bucket.names(RUN).stream().map(name -> name.substring(RUN.length())).toList();
  }

  /** The names of locks and parts. */
  List<String> left() {
    return bucket.names("out/").stream().filter(name -> !name.startsWith(RUN)).toList();
  }
}
