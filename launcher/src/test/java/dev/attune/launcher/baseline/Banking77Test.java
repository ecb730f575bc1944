package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the baseline makes of 13,083 real questions of a bank's customers, in 77 categories. Their
 * files stand in a folder beside the clone; skipped where they do not.
 */
class Banking77Test {
  /** Beside the clone; tests run in the module's folder. */
  private static final Path DATA = Path.of("../../shared/data/banking77").toAbsolutePath();

  private static final List<String> FILES = List.of("train.csv", "test.csv", "categories.json");

  @TempDir private Path folder;

  @Test
  void namesNineOfTenIntents() throws Exception {
    DatasetDirectory dataset = prepare();
    InstantSource clock = InstantSource.system();
    try (LocalBackEnd backEnd = new LocalBackEnd(folder, clock)) {
      TuningSpec spec =
          new TuningSpec(
              dataset.fingerprint(),
              LocalBackEnd.NAME,
              LocalBackEnd.BASE_MODEL,
              LocalBackEnd.LOCATION,
              new Hyperparameters(3, 4, 1.0));
      Instant start = clock.instant();
      Duration cpuBefore = cpu();
      String name = backEnd.create(spec, backEnd.stage(dataset), "ledger").name();
      BackEndJob done = Watching.untilItEnds(backEnd, name);
      Duration took = Duration.between(start, clock.instant());
      Duration cpu = cpu().minus(cpuBefore);
      try (LocalModel model = LocalModel.open(Path.of(String.valueOf(done.endpoint())));
          AnsweringModel base = MostFrequentCategory.of(dataset)) {
        double accuracy = accuracy(model, dataset);
        System.out.printf(
            "banking77: accuracy %.4f, base %.4f, trained in %.1f s with %.1f s of processor%n",
            accuracy, accuracy(base, dataset), took.toMillis() / 1e3, cpu.toMillis() / 1e3);
        assertThat(accuracy).isGreaterThanOrEqualTo(0.87);
        assertThat(accuracy(base, dataset)).isLessThan(0.05);
        // On a machine that does nothing else it takes no longer than that.
        assertThat(cpu).isLessThan(Duration.ofSeconds(60));
      }
    }
  }

  private DatasetDirectory prepare() throws Exception {
    assumeTrue(Files.isDirectory(DATA), "there is no " + DATA);
    for (String file : FILES) {
      Files.copy(DATA.resolve(file), folder.resolve(file));
    }
    Path yaml =
        Files.writeString(
            folder.resolve("attune.yaml"),
            """
            dataset: banking77
            task: classification
            systemInstruction: Name the intent of the customer's question.
            taxonomy: categories.json
            sources:
              observations:
                files: [train.csv, test.csv]
                columns: {text: text, categories: category}
            redact: []
            duplicates: {near: false}
            output: {directory: datasets, format: gemini}
            """);
    PrepareRequest request =
        new PrepareRequest(ConfigLoader.load(yaml), "r1", null, Map.of(), null, List.of(), null);
    PrepareDataset.run(request, PrepareProgress.NONE);
    return DatasetDirectory.open(
        Place.of(folder.resolve("datasets/banking77/r1")), new TestShell(folder).shell());
  }

  /** What this process has used of all processors. */
  private static Duration cpu() {
    return Duration.ofNanos(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
  }

  private static double accuracy(AnsweringModel model, DatasetDirectory dataset) throws Exception {
    ExampleFormat format = ExampleFormats.of(OutputFormat.GEMINI);
    List<String> lines = Files.readAllLines(dataset.valid().local());
    int right = 0;
    for (String line : lines) {
      ExampleLine example = format.decode(line.getBytes(StandardCharsets.UTF_8));
      if (model.answer(example).equals(example.answer())) {
        right++;
      }
    }
    return right / (double) lines.size();
  }
}
