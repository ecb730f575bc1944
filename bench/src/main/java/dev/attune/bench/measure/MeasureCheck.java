package dev.attune.bench.measure;

import dev.attune.bench.generator.InventedWords;
import dev.attune.bench.generator.RepeatableRandom;
import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures check on generated lines of about 640 bytes, in a new process, including the start of
 * the JVM. The check itself runs on one thread; CPU time includes the threads of the JIT compiler.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Measures attune check on generated lines.")
public final class MeasureCheck implements Callable<Integer> {
  private static final long SEED = 7;
  private static final int SHORTEST = 280;
  private static final int SPREAD = 200;

  /** With more lines the file is too large for OpenAI, and check refuses it. */
  private static final int MOST_OPENAI_LINES = 700_000;

  @Option(names = "--lines", paramLabel = "N", description = "Number of lines; default: 1000000.")
  private int lines = 1_000_000;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each format; default: 3.")
  private int rounds = 3;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Directory of the files; default: build/bench.")
  private Path folder = Path.of("build", "bench");

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MeasureCheck()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    System.out.println("| format | lines | MB | seconds | CPU s | lines/s | MB/s | lines/CPU s |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
    Files.createDirectories(folder);
    for (OutputFormat format : OutputFormat.values()) {
      int count = format == OutputFormat.OPENAI ? Math.min(lines, MOST_OPENAI_LINES) : lines;
      Path file = folder.resolve("check-" + word(format) + "-" + count + ".jsonl");
      generate(format, count, file);
      for (int round = 0; round < rounds; round++) {
        ProcessUsage measured = ProcessUsage.run(command(file), folder.resolve("check.log"));
        print(format, count, Files.size(file), measured);
      }
    }
    return 0;
  }

  private static void print(OutputFormat format, int lines, long bytes, ProcessUsage measured) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %d | %.2f | %.2f | %,d | %d | %,d |%n",
        word(format),
        lines,
        bytes / 1_000_000,
        measured.seconds(),
        measured.cpuSeconds(),
        Math.round(lines / measured.seconds()),
        Math.round(bytes / 1e6 / measured.seconds()),
        Math.round(lines / measured.cpuSeconds()));
  }

  private void generate(OutputFormat format, int count, Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    ExampleFormat encoder = ExampleFormats.of(format);
    InventedWords words = InventedWords.of(SEED);
    Path unfinished = folder.resolve(file.getFileName() + ".tmp");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
      for (int i = 0; i < count; i++) {
        RepeatableRandom dice = RepeatableRandom.of(SEED, i, 1);
        String prompt = words.text(dice, SHORTEST + dice.below(SPREAD));
        // Every fourth text has a line break.
        String text = dice.below(4) == 0 ? prompt.replace("\" ", "\"\n") : prompt;
        String answer = words.fragment(dice, 3);
        out.write(
            encoder.encode(
                new ExampleLine(
                    "Name the learning domains that the observation shows.",
                    List.of(Turn.user(text), Turn.model(answer)))));
        out.write('\n');
      }
    }
    Files.move(unfinished, file);
  }

  private static List<String> command(Path file) {
    List<String> command = JavaCommand.of("1g", List.of(), "dev.attune.launcher.Main");
    command.addAll(List.of("check", file.toString()));
    return command;
  }

  private static String word(OutputFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
