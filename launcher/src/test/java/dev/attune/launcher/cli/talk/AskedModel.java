package dev.attune.launcher.cli.talk;

import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.ResultOutput;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.console.keyboard.TypedInput;
import dev.attune.launcher.session.QuickSession;
import dev.attune.launcher.session.SessionOpener;
import dev.attune.models.TextModelFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Types attune ask, chat and cache in a folder with an attune.yaml, with models of a test. */
final class AskedModel {
  private static final String YAML =
      """
      dataset: tales
      task: conversation
      sources:
        generated: {files: [samples.jsonl]}
      models:
        tale: {provider: openai, baseUrl: http://127.0.0.1:1/v1, model: scripted, temperature: 0.5, requestsPerMinute: 100000}
        best: {provider: champion, fallback: tale}
      ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
      """;

  private final Path folder;
  private final TextModelFactory models;
  private final boolean terminal;

  AskedModel(Path folder, ScriptedTextModel model, boolean terminal) {
    this(folder, YAML, (named, environment) -> model, terminal);
  }

  AskedModel(Path folder, String yaml, TextModelFactory models, boolean terminal) {
    this.folder = folder;
    this.models = models;
    this.terminal = terminal;
    try {
      Files.writeString(folder.resolve("attune.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What came of it.
   *
   * @param err the lines of stderr
   */
  record Outcome(int exit, String out, List<String> err) {
    String last() {
      return err.get(err.size() - 1);
    }
  }

  Path chats() {
    return folder.resolve("home/chats");
  }

  /** Types a command; the input is typed or piped into it. */
  Outcome type(String input, String... args) {
    return type(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
  }

  Outcome type(InputStream input, String... args) {
    TestShell test = new TestShell(folder, Map.of("SECRET_KEY", "s3cret", "PATH", path()));
    ResultOutput results = new ResultOutput(test.shell().out());
    Shell plain = test.shell();
    Shell shell =
        new Shell(
            new PrintStream(results, true, StandardCharsets.UTF_8),
            plain.err(),
            terminal,
            plain.directory(),
            plain.environment(),
            plain.clock());
    TypedInput typed = new TypedInput(input, terminal);
    SessionOpener sessions =
        (config, ledger, with, consent) -> QuickSession.open(config, ledger, with, consent, models);
    FailureReport failures = new FailureReport(shell.err(), results);
    CommandLine line =
        line(args[0], shell, typed, sessions)
            .setExecutionExceptionHandler(failures)
            .setParameterExceptionHandler(failures);
    if (List.of(args).contains("--json")) {
      results.hold();
    }
    int exit = line.execute(List.of(args).subList(1, args.length).toArray(String[]::new));
    results.release();
    return new Outcome(exit, test.out(), test.err());
  }

  private CommandLine line(String command, Shell shell, TypedInput typed, SessionOpener sessions) {
    return switch (command) {
      case "ask" -> SingleCommand.of(new AskCommand(shell, typed, sessions), shell);
      case "cache" ->
          SingleCommand.of(
              new CacheCommand(),
              shell,
              new CacheCreateCommand(shell, sessions),
              new CacheListCommand(shell, sessions),
              new CacheDeleteCommand(shell, sessions));
      default -> SingleCommand.of(new ChatCommand(shell, typed, chats(), sessions), shell);
    };
  }

  private static String path() {
    return String.valueOf(System.getenv("PATH"));
  }
}
