package dev.attune.launcher.extending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.cli.jobs.CancelCommand;
import dev.attune.launcher.cli.jobs.TuneCommand;
import dev.attune.launcher.cli.jobs.WatchCommand;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.TestDataset;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelId;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of tuning with {@link FolderBackEnd}. No value of {@code TuningConfig.BackEnd}
 * stands for it, so that the configuration names vertex and the factory gives the commands the
 * folder instead.
 */
class TuningInAFolderTest {
  private static final String CONFIG =
      """
      dataset: talk
      task: conversation
      sources: {generated: {files: [a.jsonl]}}
      ledger: {jdbcUrl: "jdbc:h2:file:%s"}
      tuning: {backEnd: vertex, project: p, location: us-central1, bucket: "gs://b/x",
        baseModel: gemini-3.5-flash}
      """;

  @TempDir Path directory;

  private final Queue<Runnable> whileWaiting = new ArrayDeque<>();
  private Path orders;
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private TestShell shell;

  @BeforeEach
  void prepare() throws IOException {
    orders = Files.createDirectory(directory.resolve("orders"));
    shell = new TestShell(directory);
    TestDataset.publish(
        directory.resolve("d"),
        OutputFormat.GEMINI,
        IntStream.range(0, 5).mapToObj(TuningInAFolderTest::example).toList(),
        List.of(example(9)));
    writeConfig("ledger");
  }

  @Test
  void watchesUntilTheModelHasAnEndpoint() throws Exception {
    assertThat(type("tune", "d", "--no-wait")).isZero();
    String name = names(".order").get(0);
    whileWaiting.add(() -> model(name, "tuned-1"));
    whileWaiting.add(() -> model(name, "tuned-1", "models/tuned-1"));

    assertThat(type("watch")).isZero();
    assertThat(shell.out()).contains("SUCCEEDED").contains("models/tuned-1");
    assertThat(whileWaiting).isEmpty();
    assertThat(names(".order")).containsExactly(name);
    try (Ledger ledger =
        Ledger.open(ConfigLoader.load(directory.resolve("attune.yaml")), shell.shell())) {
      Job job = ledger.jobs().all().get(0);
      assertThat(job.isOver()).isTrue();
      assertThat(ModelId.of(job)).isEqualTo("models/tuned-1");
    }
  }

  @Test
  void createsAnotherJobAfterACancelledOne() throws Exception {
    assertThat(type("tune", "d", "--no-wait")).isZero();
    String name = names(".order").get(0);

    assertThat(type("cancel", id())).isZero();
    assertThat(names(".cancelled")).containsExactly(name);
    assertThat(type("tune", "d", "--no-wait")).isEqualTo(4);
    assertThat(names(".order")).containsExactly(name);

    assertThat(type("tune", "d", "--again", "--no-wait")).isZero();
    assertThat(names(".order")).containsExactly(name, name.replace("-1", "-2"));
  }

  @Test
  void adoptsTheJobOfALostLedger() throws Exception {
    assertThat(type("tune", "d", "--no-wait")).isZero();
    writeConfig("another-ledger");
    assertThat(type("tune", "d", "--no-wait")).isZero();
    assertThat(names(".order")).hasSize(1);
  }

  private String id() {
    return shell.out().lines().findFirst().orElseThrow().substring("job".length()).strip();
  }

  /** Writes what the other program writes. */
  private void model(String name, String... lines) {
    try {
      Files.write(orders.resolve(name + ".model"), List.of(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeConfig(String ledger) throws IOException {
    Files.writeString(
        directory.resolve("attune.yaml"), CONFIG.formatted(directory.resolve(ledger)));
  }

  private static ExampleLine example(int number) {
    return new ExampleLine(
        null, List.of(Turn.user("question " + number), Turn.model("answer " + number)));
  }

  private int type(String command, String... args) {
    shell = new TestShell(directory);
    Shell outer = shell.shell();
    Shell timed =
        new Shell(outer.out(), outer.err(), false, directory, outer.environment(), () -> now);
    BackEndFactory backEnds = (tuning, folder) -> new FolderBackEnd(orders);
    Sleeper sleeper = this::sleep;
    ModelOpener noModel =
        address -> {
          throw new IllegalStateException("no model is asked here");
        };
    Object typed =
        switch (command) {
          case "tune" -> new TuneCommand(timed, backEnds, config -> noModel, sleeper);
          case "watch" -> new WatchCommand(timed, backEnds, sleeper);
          case "cancel" -> new CancelCommand(timed, backEnds, sleeper);
          default -> throw new IllegalArgumentException(command);
        };
    FailureReport failures = new FailureReport(timed.err(), null);
    return SingleCommand.of(typed, timed)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }

  private void sleep(Duration time) {
    now = now.plus(time);
    if (!whileWaiting.isEmpty()) {
      whileWaiting.remove().run();
    }
  }

  private List<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.list(orders)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }
}
