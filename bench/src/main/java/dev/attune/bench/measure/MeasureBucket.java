package dev.attune.bench.measure;

import dev.attune.bench.generator.GenerateRecords;
import dev.attune.bench.limit.RunCounts;
import dev.attune.testing.gcs.StorageStub;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares prepare from and to a bucket with prepare from and to a folder, on the same records. The
 * bucket is that of the stub of Cloud Storage, in a process of its own on loopback with its objects
 * on disk. Fails if the two datasets differ or the bucket takes more than a given factor longer.
 */
@Command(
    name = "bucket",
    mixinStandardHelpOptions = true,
    description = "Compares prepare from and to a bucket with a folder.")
public final class MeasureBucket implements Callable<Integer> {
  private static final int TOO_SLOW = 1;
  private static final String BUCKET = "bench";

  @Option(names = "--records", paramLabel = "N", description = "Records; default: 1000000.")
  private int records = 1_000_000;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each; default: 3.")
  private int rounds = 3;

  @Option(names = "--heap", paramLabel = "SIZE", description = "Heap of prepare; default: 4g.")
  private String heap = "4g";

  @Option(
      names = "--most",
      paramLabel = "FACTOR",
      description = "Greatest allowed factor to the time of the folder; default: 1.2.")
  private double most = 1.2;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Directory of the files; default: build/bench.")
  private Path folder = Path.of("build", "bench");

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MeasureBucket()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path input = folder.resolve("bucket-" + records);
    new BenchFolder(input)
        .generate(GenerateRecords.class, List.of("--records", String.valueOf(records)));
    Path objects = Files.createTempDirectory(folder, "objects-");
    Process stub = startStub(input, objects);
    try (BufferedReader out = stub.inputReader(StandardCharsets.UTF_8)) {
      return compare(input, String.valueOf(out.readLine()));
    } finally {
      stub.destroy();
      stub.waitFor();
      BenchFolder.deleteTree(objects);
    }
  }

  /** Starts the stub with the input in its bucket. */
  private Process startStub(Path input, Path objects) throws IOException {
    Path load = objects.resolve("load");
    Path bucket = Files.createDirectories(load.resolve(BUCKET));
    BenchFolder.deleteTree(input.resolve("datasets"));
    try (Stream<Path> files = Files.walk(input)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path object = bucket.resolve(input.relativize(file));
        Files.createDirectories(Objects.requireNonNull(object.getParent(), "in the bucket"));
        Files.createLink(object, file);
      }
    }
    List<String> command = JavaCommand.of("512m", List.of(), StorageStub.class.getName());
    command.addAll(List.of("--buckets", BUCKET, "--load", load.toString()));
    command.addAll(List.of("--folder", objects.resolve("stored").toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private int compare(Path input, String url) throws IOException, InterruptedException {
    List<ProcessUsage> ofFolder = new ArrayList<>();
    List<ProcessUsage> ofBucket = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Path datasets = input.resolve("datasets");
      BenchFolder.deleteTree(datasets);
      ofFolder.add(prepare(List.of(), input.toString(), datasets.toString()));
      BenchFolder.deleteTree(datasets);
      String bucket = "gs://" + BUCKET;
      ofBucket.add(
          prepare(
              List.of("env", "ATTUNE_STORAGE_ENDPOINT=" + url), bucket, bucket + "/out" + round));
    }
    String one = RunCounts.ofPrepare(ofFolder.get(0).output()).fingerprint();
    String other = RunCounts.ofPrepare(ofBucket.get(0).output()).fingerprint();
    if (!one.equals(other)) {
      throw new IllegalStateException("the bucket gives another dataset than the folder");
    }
    System.out.println("| records | place | s | CPU s | peak MB |");
    System.out.println("|---:|---|---:|---:|---:|");
    ProcessUsage here = print("folder", ofFolder);
    ProcessUsage there = print("bucket", ofBucket);
    double ratio = there.seconds() / here.seconds();
    System.out.printf(
        Locale.ROOT,
        "%nBucket divided by folder: %.2f, of CPU %.2f, without the stub's own.%n",
        ratio,
        there.cpuSeconds() / here.cpuSeconds());
    System.out.println("Measured on: " + MachineDescription.describe() + ".");
    return ratio > most ? TOO_SLOW : 0;
  }

  private ProcessUsage prepare(List<String> environment, String from, String to)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(environment);
    command.addAll(JavaCommand.asPrepare(heap, List.of(), "dev.attune.launcher.Main"));
    command.addAll(List.of("prepare", "--config", from + "/attune.yaml", "--output", to));
    command.addAll(List.of("--runner", "local", "--json"));
    return ProcessUsage.run(command, folder.resolve("bucket.log"));
  }

  /** Prints and returns the round of the median time. */
  private ProcessUsage print(String place, List<ProcessUsage> measured) {
    List<ProcessUsage> sorted = new ArrayList<>(measured);
    sorted.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
    ProcessUsage median = sorted.get(sorted.size() / 2);
    System.out.printf(
        Locale.ROOT,
        "| %,d | %s | %.1f | %.1f | %,d |%n",
        records,
        place,
        median.seconds(),
        median.cpuSeconds(),
        median.peakMegabytes());
    return median;
  }
}
