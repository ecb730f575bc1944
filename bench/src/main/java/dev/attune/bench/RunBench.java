package dev.attune.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures prepare against the limit program on the same records, each in a process of its own, in
 * turn. Fails if the two do not make the same dataset, or not the one that the records must give.
 */
@Command(name = "bench", description = "Measures prepare against the same logic without Beam.")
public final class RunBench implements Callable<Integer> {
  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      description = "Records to measure with; default: 100000,1000000.")
  private List<Integer> sizes = List.of(100_000, 1_000_000);

  @Option(names = "--rounds", paramLabel = "N", description = "Of each size; default: 3.")
  private int rounds = 3;

  @Option(names = "--heap", paramLabel = "SIZE", description = "Of each process; default: 4g.")
  private String heap = "4g";

  @Option(names = "--feedback", description = "Every fifth record is a row of an H2 database.")
  private boolean feedback;

  @Option(names = "--near", description = "With near duplicates, which both look for.")
  private boolean near;

  @Option(
      names = "--java-options",
      split = " ",
      paramLabel = "OPTIONS",
      description = "For prepare only, e.g. to record a profile.")
  private List<String> javaOptions = List.of();

  @Option(names = "--folder", paramLabel = "DIR", description = "Default: build/bench.")
  private Path folder = Path.of("build", "bench");

  /** Runs what its arguments say. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RunBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    StringBuilder table = new StringBuilder(Rounds.head());
    for (int records : sizes) {
      String row = measure(records).row();
      System.err.print(row);
      table.append(row);
    }
    System.out.print(table);
    return 0;
  }

  private Rounds measure(int records) throws Exception {
    Path input = folder.resolve(records + (feedback ? "-feedback" : "") + (near ? "-near" : ""));
    generate(records, input);
    String expectedJson = Files.readString(input.resolve("expected.json"));
    Counts expected = Counts.ofOwn(expectedJson);
    Rounds measured = new Rounds(records, Counts.bytesOf(expectedJson));
    for (int round = 1; round <= rounds; round++) {
      System.err.println(records + " records, round " + round + " of " + rounds);
      Measured prepared = prepare(input);
      Measured limited = limit(input);
      Counts pipeline = Counts.ofPrepare(prepared.output());
      Counts limit = Counts.ofOwn(limited.output());
      require(expected.agreesWith(pipeline), "prepare counted " + pipeline + ", not " + expected);
      require(expected.agreesWith(limit), "the limit counted " + limit + ", not " + expected);
      require(
          pipeline.fingerprint().equals(limit.fingerprint()),
          "prepare made " + pipeline.fingerprint() + ", the limit " + limit.fingerprint());
      measured.add(prepared, limited);
    }
    return measured;
  }

  private void generate(int records, Path input) throws Exception {
    if (Files.exists(input.resolve("expected.json"))) {
      return;
    }
    System.err.println("Generating " + records + " records");
    deleteTree(input);
    List<String> command = java(List.of(), GenerateRecords.class.getName(), input.toString());
    command.addAll(List.of("--records", String.valueOf(records), "--raise-limits"));
    if (feedback) {
      command.add("--feedback");
    }
    if (near) {
      command.add("--near");
    }
    Files.createDirectories(folder);
    Measured.run(command, folder.resolve("generate.log"));
  }

  private Measured prepare(Path input) throws Exception {
    deleteTree(input.resolve("datasets"));
    List<String> command = java(javaOptions, "dev.attune.launcher.Main", "prepare");
    command.addAll(List.of("--config", input.resolve("attune.yaml").toString(), "--json"));
    return Measured.run(command, input.resolve("prepare.log"));
  }

  private Measured limit(Path input) throws Exception {
    Path output = input.resolve("limit");
    deleteTree(output);
    List<String> command = java(List.of(), LimitProgram.class.getName(), "--output");
    command.add(output.toString());
    command.addAll(List.of("--config", input.resolve("attune.yaml").toString()));
    return Measured.run(command, input.resolve("limit.log"));
  }

  /** As the script attune starts Java. */
  private List<String> java(List<String> options, String main, String argument) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseParallelGC", "-Xmx" + heap, "-XX:-UsePerfData"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main, argument));
    return command;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
