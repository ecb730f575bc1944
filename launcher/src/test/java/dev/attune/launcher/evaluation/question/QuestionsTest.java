package dev.attune.launcher.evaluation.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.OutputFormat;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.TicketDataset;
import dev.attune.schema.ExampleLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuestionsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void readsEveryFormat(OutputFormat format) throws Exception {
    TestShell shell = new TestShell(folder);
    List<ExampleLine> examples =
        List.of(
            TicketDataset.example("Ein „Hut“\nund \u2028 noch einer", "hats"),
            TicketDataset.example("Schuhe 👟", "shoes, hats"));
    DatasetDirectory dataset =
        new TicketDataset(folder)
            .format(format)
            .publish(shell.shell(), List.of("hats", "shoes"), List.of(), examples);

    List<Question> questions = Questions.read(dataset, shell.shell());

    assertThat(questions).extracting(Question::example).isEqualTo(examples);
    assertThat(questions).extracting(Question::line).containsExactly(1, 2);
    String file = Files.readString(dataset.valid().local());
    String second = file.substring(file.indexOf('\n') + 1, file.length() - 1);
    assertThat(questions.get(1).fingerprint()).isEqualTo(sha256(second));
  }

  @Test
  void refusesALineThatIsNoExampleWithoutQuotingIt() throws Exception {
    TestShell shell = new TestShell(folder);
    DatasetDirectory dataset =
        new TicketDataset(folder)
            .publish(
                shell.shell(),
                List.of("hats"),
                List.of(),
                List.of(TicketDataset.example("a", "hats")));
    Files.writeString(dataset.valid().local(), "{\"private\": 1}\n");
    String manifest = Files.readString(dataset.path().local().resolve("manifest.json"));
    Path changed = dataset.path().local().resolve("manifest.json");
    String before = dataset.manifest().files().get(1).sha256();
    Files.writeString(changed, manifest.replace(before, sha256("{\"private\": 1}\n")));
    DatasetDirectory broken = DatasetDirectory.open(dataset.path(), shell.shell());

    assertThatThrownBy(() -> Questions.read(broken, shell.shell()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(shell.shell().show(dataset.valid()) + ":1 is not an example (")
        .hasMessageEndingWith("): attune check lists the faults.");
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
