package dev.attune.bench.measure;

import dev.attune.bench.generator.GenerateTemplate;
import dev.attune.bench.generator.TemplateTexts;
import dev.attune.bench.limit.RunCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares prepare on texts of one template and as many distinct ones with prepare on distinct
 * texts only. Fails if it takes more than a given factor longer, or if the runners make different
 * datasets.
 */
@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    description = "Compares the cost of texts of one template with that of distinct texts.")
public final class MeasureTemplates implements Callable<Integer> {
  private static final int TOO_SLOW = 1;

  @Option(
      names = "--texts",
      paramLabel = "N",
      description = "Texts of each template, and distinct texts; default: 100000.")
  private int texts = 100_000;

  @Option(
      names = "--values",
      split = ",",
      paramLabel = "N",
      description = "Words for each slot; default: 10,100,1000.")
  private List<Integer> values = List.of(10, 100, 1_000);

  @Option(
      names = "--usual",
      split = ",",
      paramLabel = "SHARE",
      description = "Share of slots with the template's own word; default: 0,0.5.")
  private List<Double> usual = List.of(0.0, 0.5);

  @Option(
      names = "--categories",
      paramLabel = "N",
      description = "Number of categories; near texts of different ones are kept; default: 1.")
  private int categories = 1;

  @Option(
      names = "--runner",
      split = ",",
      paramLabel = "RUNNER",
      description = "direct, flink; default: both.")
  private List<RunBench.Runner> runners = List.of(RunBench.Runner.values());

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each input; default: 1.")
  private int rounds = 1;

  @Option(names = "--heap", paramLabel = "SIZE", description = "Heap of prepare; default: 4g.")
  private String heap = "4g";

  @Option(
      names = "--most",
      paramLabel = "FACTOR",
      description = "Greatest allowed factor to the time of distinct texts; default: 3.")
  private double most = 3;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Directory of the files; default: build/bench.")
  private Path folder = Path.of("build", "bench");

  /** Fingerprints of the datasets by input. */
  private final Map<Path, String> made = new HashMap<>();

  /** Sums of the measurements of one input with one runner. */
  private static final class Sums {
    private double seconds;
    private double cpuSeconds;
    private long kept;

    private void add(ProcessUsage measured, RunCounts counts) {
      seconds += measured.seconds();
      cpuSeconds += measured.cpuSeconds();
      kept = counts.kept();
    }
  }

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new MeasureTemplates()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<TemplateTexts, BenchFolder> inputs = new LinkedHashMap<>();
    for (double share : usual) {
      for (int count : values) {
        TemplateTexts template = new TemplateTexts(count, share);
        inputs.put(template, generate(template));
      }
    }
    BenchFolder distinct = generate(null);
    System.out.println(
        "| runner | slots | pairs of the template | stay | s | CPU s | distinct s | CPU s | ratio"
            + " | of CPU |");
    System.out.println("|---|---|---|---:|---:|---:|---:|---:|---:|---:|");
    boolean tooSlow = false;
    for (RunBench.Runner runner : runners) {
      tooSlow |= measure(runner.program(), distinct, inputs);
    }
    System.out.println();
    System.out.println("Measured on: " + MachineDescription.describe() + ".");
    if (tooSlow) {
      System.err.println("A template took more than " + most + " times as long as distinct texts.");
    }
    return tooSlow ? TOO_SLOW : 0;
  }

  /** Measures all inputs with a runner; returns whether a template took too long. */
  private boolean measure(
      BenchProgram runner, BenchFolder distinct, Map<TemplateTexts, BenchFolder> templates)
      throws IOException, InterruptedException {
    Sums ofDistinct = new Sums();
    Map<TemplateTexts, Sums> sums = new LinkedHashMap<>();
    templates.keySet().forEach(template -> sums.put(template, new Sums()));
    for (int round = 0; round < rounds; round++) {
      measure(runner, distinct, ofDistinct);
      for (Map.Entry<TemplateTexts, Sums> entry : sums.entrySet()) {
        BenchFolder input = templates.get(entry.getKey());
        if (input != null) {
          measure(runner, input, entry.getValue());
        }
      }
    }
    sums.forEach((template, of) -> print(runner, template, of, ofDistinct));
    return sums.values().stream().anyMatch(of -> of.seconds > most * ofDistinct.seconds);
  }

  private void measure(BenchProgram runner, BenchFolder input, Sums sums)
      throws IOException, InterruptedException {
    System.err.println(input.path() + ": " + runner.key());
    ProcessUsage measured = input.prepare(runner, heap, List.of());
    RunCounts counts = RunCounts.ofPrepare(measured.output());
    String before = made.putIfAbsent(input.path(), counts.fingerprint());
    if (before != null && !before.equals(counts.fingerprint())) {
      throw new IllegalStateException(
          runner.key() + " made a different dataset from " + input.path() + " than before");
    }
    sums.add(measured, counts);
  }

  private void print(BenchProgram runner, TemplateTexts template, Sums of, Sums distinct) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %,d | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |%n",
        runner.key(),
        template.name(),
        template.similarities(texts, GenerateTemplate.SIMILARITY),
        of.kept,
        of.seconds / rounds,
        of.cpuSeconds / rounds,
        distinct.seconds / rounds,
        distinct.cpuSeconds / rounds,
        of.seconds / distinct.seconds,
        of.cpuSeconds / distinct.cpuSeconds);
  }

  private BenchFolder generate(@Nullable TemplateTexts template)
      throws IOException, InterruptedException {
    String name =
        template == null
            ? "distinct"
            : "template-" + template.values() + "-" + Math.round(100 * template.usual());
    BenchFolder input = new BenchFolder(folder.resolve(name + "-" + categories + "-" + texts));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--texts", String.valueOf(2 * texts)));
    arguments.addAll(List.of("--categories", String.valueOf(categories)));
    if (template != null) {
      arguments.addAll(List.of("--values", String.valueOf(template.values())));
      arguments.addAll(List.of("--usual", String.valueOf(template.usual())));
    }
    input.generate(GenerateTemplate.class, arguments);
    return input;
  }
}
