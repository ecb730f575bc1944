package dev.attune.launcher.tuning;

import dev.attune.config.OutputFormat;
import dev.attune.launcher.baseline.LocalBackEnd;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.cli.jobs.CancelCommand;
import dev.attune.launcher.cli.jobs.JobsCommand;
import dev.attune.launcher.cli.jobs.TuneCommand;
import dev.attune.launcher.cli.jobs.WatchCommand;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.TestDataset;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.vertex.VertexBackEnd;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A folder with a configuration and a dataset, in which the commands of tuning are typed. */
final class Typing {
  private static final String CONFIG =
      """
      dataset: talk
      task: conversation
      sources: {generated: {files: [a.jsonl]}}
      ledger: {jdbcUrl: "jdbc:h2:file:%s"}
      tuning: {%s}
      """;

  private final Path directory;
  private final VertexEmulator service;
  private final FakeTime time;
  private final BackEndFactory backEnds;
  private TestShell shell;

  Typing(Path directory, VertexEmulator service, FakeTime time) throws IOException {
    this.directory = directory;
    this.service = service;
    this.time = time;
    this.shell = new TestShell(directory);
    this.backEnds =
        (tuning, folder) ->
            switch (tuning.backEnd()) {
              case VERTEX -> VertexBackEnd.open(tuning);
              case LOCAL -> new LocalBackEnd(folder, time);
            };
    TestDataset.publish(
        directory.resolve("d"),
        OutputFormat.GEMINI,
        IntStream.range(0, 5).mapToObj(Typing::example).toList(),
        List.of(example(9)));
    configure("");
  }

  private static ExampleLine example(int number) {
    return new ExampleLine(
        null, List.of(Turn.user("question " + number), Turn.model("answer " + number)));
  }

  /** Writes attune.yaml for the emulator. */
  void configure(String more) throws IOException {
    configure("ledger", more);
  }

  /** The same with another ledger. */
  void configure(String ledger, String more) throws IOException {
    String tuning =
        "backEnd: vertex, bucket: \"gs://"
            + VertexEmulator.BUCKET
            + "/x\", plaintext: true, endpoint: \""
            + service.endpoint()
            + "\", storageEndpoint: \""
            + service.storageEndpoint()
            + "\", createGrace: 20s, callDeadline: 20s"
            + (more.contains("baseModel") ? "" : ", baseModel: gemini-3.5-flash")
            + (more.contains("project") ? "" : ", project: p")
            + (more.contains("location") ? "" : ", location: us-central1")
            + (more.isEmpty() ? "" : ", " + more);
    Files.writeString(
        directory.resolve("attune.yaml"), CONFIG.formatted(directory.resolve(ledger), tuning));
  }

  /** Types a command; the exit code. */
  int type(String command, String... args) {
    shell = new TestShell(directory);
    Shell outer = shell.shell();
    Shell timed = new Shell(outer.out(), outer.err(), false, directory, outer.environment(), time);
    FailureReport failures = new FailureReport(timed.err(), null);
    Object typed =
        switch (command) {
          case "tune" -> new TuneCommand(timed, backEnds, config -> Typing::noModel, time);
          case "watch" -> new WatchCommand(timed, backEnds, time);
          case "cancel" -> new CancelCommand(timed, backEnds, time);
          case "jobs" -> new JobsCommand(timed);
          default -> throw new IllegalArgumentException(command);
        };
    return SingleCommand.of(typed, timed)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }

  String out() {
    return shell.out();
  }

  List<String> err() {
    return shell.err();
  }

  String lastLine() {
    return shell.lastLine();
  }

  /** Estimates open models for their names; conversations are not evaluated. */
  private static AnsweringModel noModel(ModelAddress address) {
    throw new IllegalStateException("no model is evaluated here");
  }
}
