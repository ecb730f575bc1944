package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetPreparation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --help} shows can be read aloud on a terminal of 80 columns. */
class HelpTest {
  private static final int COLUMNS = 80;

  private static CommandLine attune() {
    Path nowhere = Path.of("").toAbsolutePath();
    TestShell shell = new TestShell(nowhere);
    return Main.commandLine(shell.shell(), new DatasetPreparation(shell.shell()), nowhere);
  }

  private static CommandLine command(String name) {
    return Objects.requireNonNull(attune().getSubcommands().get(name));
  }

  static Stream<String> commands() {
    return attune().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsWholeSentences(String command) {
    CommandLine asked = command(command);
    CommandSpec spec = asked.getCommandSpec();
    String shown = asked.getUsageMessage();
    assertFits(shown);
    assertWhole(shown, List.of(spec.usageMessage().description()));
    for (ArgSpec arg : spec.args()) {
      // A text is one paragraph, which picocli wraps; several would be wrapped twice.
      assertThat(arg.description()).as(arg.toString()).hasSize(1);
      assertWhole(shown, List.of(arg.description()));
    }
  }

  @Test
  void tearsNoWordsThatAreTypedTogether() {
    assertThat(command("prepare").getUsageMessage())
        .contains(
            "[BEAM OPTIONS...]", "-- --localParallelism=2", "-- --flinkMaster=HOST:PORT names");
    assertThat(command("evaluate").getUsageMessage())
        .contains("--against=RIVALS]")
        .doesNotContain("MODEL...");
  }

  @Test
  void listsEveryCommandWithAWholeSentence() {
    CommandLine attune = attune();
    String shown = attune.getUsageMessage();
    assertFits(shown);
    for (CommandLine command : attune.getSubcommands().values()) {
      assertWhole(shown, List.of(command.getCommandSpec().usageMessage().description()[0]));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsEveryExitCode(String command) {
    String shown = command(command).getUsageMessage();
    for (ExitCode exit : ExitCode.values()) {
      assertThat(shown).containsPattern("\n +" + exit.code() + "   \\S");
    }
    assertWhole(shown, List.copyOf(ExitCode.table().values()));
  }

  private static void assertFits(String shown) {
    assertThat(shown.lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  /** Each text ends with a full stop, and all of it is shown. */
  private static void assertWhole(String shown, List<String> texts) {
    assertThat(texts).isNotEmpty();
    for (String text : texts) {
      assertThat(text).endsWith(".").doesNotContain("%n");
      assertThat(folded(shown)).contains(folded(text));
    }
  }

  private static String folded(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
