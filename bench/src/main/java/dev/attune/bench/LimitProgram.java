package dev.attune.bench;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.ExampleLimits;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.config.CurationRules;
import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig.Generated;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.dedup.DuplicatesInMemory;
import dev.attune.pipeline.dedup.NearInMemory;
import dev.attune.pipeline.dedup.Resolved;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.prompt.PromptsInMemory;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.FeedbackDatabase;
import dev.attune.pipeline.source.feedback.ReadFeedback;
import dev.attune.pipeline.source.file.FileRange;
import dev.attune.pipeline.source.file.InputFile;
import dev.attune.pipeline.source.file.InputFiles;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.generated.ReadGenerated;
import dev.attune.pipeline.source.observation.ReadObservations;
import dev.attune.pipeline.split.SplitInMemory;
import dev.attune.pipeline.write.DatasetInMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the pipeline would cost without Beam: the same logic over all records in one heap, on as
 * many threads as there are processors. Publishes nothing: it writes the files that hold records,
 * and prints their fingerprint and what was counted.
 */
@Command(name = "limit", description = "Prepares a dataset without Beam, as fast as it gets.")
public final class LimitProgram implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "The attune.yaml.")
  private Path config = Path.of("");

  @Option(names = "--output", required = true, description = "A folder to write to.")
  private Path output = Path.of("");

  private final int threads = Runtime.getRuntime().availableProcessors();

  /** Runs what its arguments say. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LimitProgram()).execute(args));
  }

  @Override
  public Integer call() throws ConfigException, SourceException, IOException {
    Counts counts = prepare(ConfigLoader.load(config), output);
    System.out.println(counts.toJson());
    return 0;
  }

  /** Prepares the dataset of a configuration. */
  Counts prepare(AttuneConfig attune, Path folder) throws SourceException, IOException {
    DatasetConfig dataset = attune.dataset();
    List<Task> tasks = tasks(attune);
    List<Worker> workers = work(attune, tasks);
    Worker all = workers.get(0);
    workers.subList(1, workers.size()).forEach(all::add);
    ExampleLimits limits = BaseModels.bundled().limits(attune);
    List<Decision> decisions = decide(dataset.rules(), limits, all);
    all.forgetWhatWasCompared();
    Files.createDirectories(folder);
    DatasetInMemory.Summary written =
        new DatasetInMemory(folder, ContentHash.of(dataset.dataset()), threads)
            .write(all.bodies(), decisions, all.rejected());
    Tally read = all.read();
    if (!read.sameRecords(written.tally())) {
      throw new IllegalStateException("what was read is not what was written or rejected");
    }
    return new Counts(
        written.fingerprint(),
        read.count(),
        written.files().get(0).lines() + written.files().get(1).lines(),
        Counts.byReason(written.rejected()));
  }

  private List<Decision> decide(CurationRules rules, ExampleLimits limits, Worker all) {
    PromptsInMemory.Found prompts = PromptsInMemory.join(all.asked(), threads);
    CommonPrompts common = prompts.common();
    Resolved exact = DuplicatesInMemory.drop(all.identities(), common, threads);
    exact.joins().addAll(prompts.joins());
    SplitInMemory split =
        new SplitInMemory(
            rules.split(), limits.trainingExamples(), limits.trainingBytes(), threads);
    if (!rules.duplicates().near()) {
      return split.decide(exact.identities(), exact.joins());
    }
    Similarity similarity = new Similarity(rules.duplicates().similarity());
    List<Shingled> shingles = all.shingles().parallelStream().map(common::tell).toList();
    NearInMemory.Left left = new NearInMemory(similarity, threads).drop(exact, shingles);
    return split.decide(
        left.resolved().identities(), left.resolved().joins(), left.staying(), similarity);
  }

  /** A part of a source, for one thread. */
  private record Task(long bytes, Reading reading) {}

  /** Reads a part of a source. */
  @FunctionalInterface
  private interface Reading {
    void read(Worker worker) throws IOException;
  }

  private static List<Task> tasks(AttuneConfig attune) throws SourceException {
    DatasetConfig dataset = attune.dataset();
    List<Task> tasks = new ArrayList<>();
    if (dataset.sources().feedback() != null) {
      ReadFeedback feedback =
          ReadFeedback.of(
              FeedbackDatabase.of(dataset.sources().feedback(), attune.folder(), System.getenv())
                  .inspect(),
              dataset);
      tasks.add(new Task(Long.MAX_VALUE, feedback::read));
    }
    Observations observations = dataset.sources().observations();
    if (observations != null) {
      List<InputFile> files =
          InputFiles.locate(observations.files(), attune.folder(), ReadObservations.fileTypes());
      add(ReadObservations.from(dataset, files).ranges(), files, tasks);
    }
    Generated generated = dataset.sources().generated();
    if (generated != null) {
      List<InputFile> files =
          InputFiles.locate(generated.files(), attune.folder(), ReadGenerated.fileTypes());
      add(ReadGenerated.from(dataset, files).ranges(), files, tasks);
    }
    tasks.sort(Comparator.comparingLong(Task::bytes).reversed());
    return tasks;
  }

  private static void add(ReadRanges ranges, List<InputFile> files, List<Task> tasks) {
    for (InputFile file : files) {
      for (FileRange range : file.ranges()) {
        tasks.add(new Task(range.end() - range.start(), worker -> ranges.read(range, worker)));
      }
    }
  }

  private List<Worker> work(AttuneConfig attune, List<Task> tasks) {
    AtomicInteger next = new AtomicInteger();
    ConcurrentLinkedQueue<Worker> workers = new ConcurrentLinkedQueue<>();
    IntStream.range(0, threads)
        .parallel()
        .forEach(
            thread -> {
              Worker worker = new Worker(attune);
              workers.add(worker);
              for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                read(tasks.get(i), worker);
              }
            });
    return new ArrayList<>(workers);
  }

  private static void read(Task task, Worker worker) {
    try {
      task.reading().read(worker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
