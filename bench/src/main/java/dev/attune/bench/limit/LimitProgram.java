package dev.attune.bench.limit;

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
import dev.attune.pipeline.dedup.Resolved;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.FeedbackDatabase;
import dev.attune.pipeline.source.feedback.ReadFeedback;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.generated.ReadGenerated;
import dev.attune.pipeline.source.observation.ReadObservations;
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
 * The logic of the pipeline without Beam, on all records in one heap, with a thread for each
 * processor. Its cost is the limit that the pipeline is compared with. Publishes no dataset: it
 * writes the files of records and prints their fingerprint and the counts.
 */
@Command(name = "limit", description = "Prepares a dataset without Beam, as fast as possible.")
public final class LimitProgram implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "Path of attune.yaml.")
  private Path config = Path.of("");

  @Option(names = "--output", required = true, description = "Directory for the files.")
  private Path output = Path.of("");

  private final int threads = Runtime.getRuntime().availableProcessors();

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LimitProgram()).execute(args));
  }

  @Override
  public Integer call() throws ConfigException, SourceException, IOException {
    RunCounts counts = prepare(ConfigLoader.load(config), output);
    System.out.println(counts.toJson());
    return 0;
  }

  /** Prepares the dataset of a configuration. */
  RunCounts prepare(AttuneConfig attune, Path folder) throws SourceException, IOException {
    DatasetConfig dataset = attune.dataset();
    List<Task> tasks = tasks(attune);
    List<LimitWorker> workers = work(attune, tasks);
    LimitWorker all = workers.get(0);
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
      throw new IllegalStateException("the records read differ from those written and rejected");
    }
    return new RunCounts(
        written.fingerprint(),
        read.count(),
        written.files().get(0).lines() + written.files().get(1).lines(),
        RunCounts.byReason(written.rejected()));
  }

  private List<Decision> decide(CurationRules rules, ExampleLimits limits, LimitWorker all) {
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
    void read(LimitWorker worker) throws IOException;
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
      add(ReadObservations.from(dataset, files), files, tasks);
    }
    Generated generated = dataset.sources().generated();
    if (generated != null) {
      List<InputFile> files =
          InputFiles.locate(generated.files(), attune.folder(), ReadGenerated.fileTypes());
      add(ReadGenerated.from(dataset, files), files, tasks);
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

  private List<LimitWorker> work(AttuneConfig attune, List<Task> tasks) {
    AtomicInteger next = new AtomicInteger();
    ConcurrentLinkedQueue<LimitWorker> workers = new ConcurrentLinkedQueue<>();
    IntStream.range(0, threads)
        .parallel()
        .forEach(
            thread -> {
              LimitWorker worker = new LimitWorker(attune);
              workers.add(worker);
              for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                read(tasks.get(i), worker);
              }
            });
    return new ArrayList<>(workers);
  }

  private static void read(Task task, LimitWorker worker) {
    try {
      task.reading().read(worker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
