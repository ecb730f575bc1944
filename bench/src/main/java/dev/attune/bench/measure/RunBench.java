package dev.attune.bench.measure;

import dev.attune.bench.generator.GenerateRecords;
import dev.attune.bench.limit.RunCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares prepare with the limit program on the same records, in alternating processes. Fails if
 * the two make different datasets, or if a count differs from what the records must give.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Compares prepare with the same logic without Beam.")
public final class RunBench implements Callable<Integer> {
  @Option(
      names = "--runner",
      split = ",",
      paramLabel = "RUNNER",
      description =
          "Runners of prepare, separated by commas: local, direct, flink; default: local.")
  private List<Runner> runners = List.of(Runner.LOCAL);

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      description = "Numbers of records; default: 100000,1000000.")
  private List<Integer> sizes = List.of(100_000, 1_000_000);

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each size; default: 3.")
  private int rounds = 3;

  @Option(names = "--heap", paramLabel = "SIZE", description = "Heap of prepare; default: 4g.")
  private String heap = "4g";

  @Option(
      names = "--limit-heap",
      paramLabel = "SIZE",
      description = "Heap of the limit program, which holds all records; default: that of prepare.")
  private @Nullable String limitHeap;

  @Option(names = "--no-limit", description = "Measure prepare only.")
  private boolean withoutLimit;

  @Option(names = "--feedback", description = "Every fifth record is a row of an H2 database.")
  private boolean feedback;

  @Option(names = "--near", description = "Generate near duplicates, which both programs remove.")
  private boolean near;

  @Option(
      names = "--java-options",
      split = " ",
      paramLabel = "OPTIONS",
      description = "For prepare only, for example to record a profile.")
  private List<String> javaOptions = List.of();

  @Option(
      names = "--limit-java-options",
      split = " ",
      paramLabel = "OPTIONS",
      description = "For the limit program only.")
  private List<String> limitJavaOptions = List.of();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Directory of the files; default: build/bench.")
  private Path folder = Path.of("build", "bench");

  @Option(names = "--resume", description = "Measure only the rounds that results.jsonl lacks.")
  private boolean resume;

  @Option(
      names = "--only-show",
      description = "Measure nothing; print the table and draw the plot.")
  private boolean onlyShow;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "File of the plot; default: cost-per-record.svg in the directory.")
  private @Nullable Path plot;

  /** A runner of prepare. */
  enum Runner {
    LOCAL(BenchProgram.LOCAL),
    DIRECT(BenchProgram.DIRECT),
    FLINK(BenchProgram.FLINK);

    private final BenchProgram program;

    Runner(BenchProgram program) {
      this.program = program;
    }

    BenchProgram program() {
      return program;
    }
  }

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /**
   * Returns the command line. The last of repeated options counts, so a script's can be overridden.
   */
  static CommandLine commandLine() {
    return new CommandLine(new RunBench())
        .setOverwrittenOptionsAllowed(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    RoundsFile results = RoundsFile.of(folder.resolve("results.jsonl"));
    if (!onlyShow) {
      for (int records : sizes) {
        measure(new BenchInput(records, feedback, near), results);
      }
    }
    if (results.all().isEmpty()) {
      System.err.println("There are no measurements in " + folder + "; run bench/all.");
      return 1;
    }
    System.out.print(new ResultTable(results).markdown());
    new CostPlot(results).write(plot == null ? folder.resolve("cost-per-record.svg") : plot);
    return 0;
  }

  private void measure(BenchInput input, RoundsFile results)
      throws IOException, InterruptedException {
    BenchFolder files = new BenchFolder(folder.resolve(input.folder()));
    files.generate(GenerateRecords.class, arguments(input));
    String expectedJson = Files.readString(files.path().resolve("expected.json"));
    List<BenchProgram> programs = new ArrayList<>();
    runners.forEach(runner -> programs.add(runner.program()));
    if (!withoutLimit) {
      programs.add(BenchProgram.LIMIT);
    }
    String made = resume ? results.fingerprints(input).stream().findFirst().orElse("") : "";
    for (int round = 1; round <= rounds; round++) {
      for (BenchProgram program : programs) {
        if (!resume || results.of(program, input).size() < round) {
          System.err.printf("%s: %s, round %d of %d%n", files.path(), program.key(), round, rounds);
          BenchRound measurement = measure(program, input, files, expectedJson);
          require(
              made.isEmpty() || made.equals(measurement.fingerprint()),
              program.key() + " made " + measurement.fingerprint() + ", not " + made);
          made = measurement.fingerprint();
          results.add(measurement);
        }
      }
    }
  }

  private static List<String> arguments(BenchInput input) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--records", String.valueOf(input.records()), "--raise-limits"));
    if (input.feedback()) {
      arguments.add("--feedback");
    }
    if (input.near()) {
      arguments.add("--near");
    }
    return arguments;
  }

  private BenchRound measure(
      BenchProgram program, BenchInput input, BenchFolder files, String expectedJson)
      throws IOException, InterruptedException {
    boolean isLimit = program == BenchProgram.LIMIT;
    String given = isLimit && limitHeap != null ? limitHeap : heap;
    ProcessUsage measured =
        isLimit ? files.limit(given, limitJavaOptions) : files.prepare(program, given, javaOptions);
    RunCounts counted =
        isLimit ? RunCounts.ofOwn(measured.output()) : RunCounts.ofPrepare(measured.output());
    RunCounts expected = RunCounts.ofOwn(expectedJson);
    require(
        counted.isFullCountOf(expected),
        program.key() + " counted " + counted + ", not " + expected);
    return new BenchRound(
        input,
        program,
        given,
        RunCounts.bytesOf(expectedJson),
        measured.seconds(),
        measured.cpuSeconds(),
        measured.peakMegabytes(),
        counted.fingerprint(),
        System.getProperty("attune.code", ""),
        MachineDescription.describe());
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
