package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** An argument that begins with {@code @} is an argument, not a file of more arguments. */
class ArgumentFileTest {
  private static final DatasetPreparation.Pipeline NEVER =
      (request, progress) -> {
        throw new AssertionError("must not run");
      };

  @TempDir private Path directory;
  private String typed = "";

  @BeforeEach
  void writeOptions() throws IOException {
    Path options = Files.writeString(directory.resolve("options"), "--help --json --stacktrace");
    typed = "@" + options;
  }

  static Stream<String> commands() {
    return tree(Path.of("")).getSubcommands().keySet().stream();
  }

  private static CommandLine tree(Path directory) {
    TestShell shell = new TestShell(directory);
    return Main.commandLine(
        shell.shell(), new DatasetPreparation(shell.shell(), NEVER), directory.toAbsolutePath());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isNoFileOfOptionsForAnyCommand(String command) {
    CommandLine parsed = Objects.requireNonNull(tree(directory).getSubcommands().get(command));
    for (Map.Entry<String, OptionSpec> option : parsed.getCommandSpec().optionsMap().entrySet()) {
      if (option.getValue().arity().max() > 0) {
        assertThat(isHelpAsked(command, option.getKey(), typed)).isFalse();
      }
    }
    assertThat(isHelpAsked(command, typed)).isFalse();
    assertThat(isHelpAsked(typed, command)).isFalse();
    assertThat(isHelpAsked(command, "--", typed)).isFalse();
  }

  /** Whether arguments are taken for options; those that are not parsed at all are no options. */
  private boolean isHelpAsked(String... args) {
    CommandLine attune = tree(directory);
    try {
      CommandLine.ParseResult parsed = attune.parseArgs(args);
      return parsed.isUsageHelpRequested()
          || (parsed.hasSubcommand() && parsed.subcommand().isUsageHelpRequested());
    } catch (CommandLine.ParameterException e) {
      return false;
    }
  }

  @Test
  void isTheNameOfAFileToCheck() throws IOException {
    Files.writeString(
        directory.resolve("@x.jsonl"),
        """
        {"contents":[{"role":"user","parts":[{"text":"a question"}]},\
        {"role":"model","parts":[{"text":"an answer"}]}]}
        """);
    Typed result = Typed.attune(directory, NEVER, "check", "@x.jsonl", "--format", "gemini");
    assertThat(result.out()).contains("@x.jsonl");
    assertThat(result.exit()).isZero();
  }

  @Test
  void isTheBeginningOfAReason() {
    CommandLine attune = tree(directory);
    CommandLine.ParseResult parsed =
        attune.parseArgs("decline", "m", "--reason", "@alice said so", "--config", "@c.yaml");
    CommandLine.ParseResult own = parsed.subcommand();
    assertThat(own.<String>matchedOptionValue("--reason", "")).isEqualTo("@alice said so");
    assertThat(own.matchedOptionValue("--config", Place.of(Path.of(""))))
        .isEqualTo(Place.of(directory.resolve("@c.yaml")));
  }
}
