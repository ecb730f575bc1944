package dev.attune.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressTest {
  private final TestShell shell = new TestShell(Path.of("/"));

  @Test
  @Timeout(20)
  void writesAPlainLineNowAndThen() throws InterruptedException {
    try (ProgressLines lines = new ProgressLines(shell.shell(), "answers", Duration.ofMillis(1))) {
      lines.accept(12_345);
      while (shell.err().stream().noneMatch(line -> line.startsWith("12,345 answers, "))) {
        Thread.sleep(1);
      }
    }
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void writesNothingWhenItIsOverSooner() {
    try (Progress progress = Progress.start(shell.shell(), "x")) {
      progress.accept(1);
    }
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void drawsABarOnATerminal() {
    Shell plain = shell.shell();
    Shell terminal =
        new Shell(
            plain.out(), plain.err(), true, plain.directory(), plain.environment(), plain.clock());
    try (Progress progress = Progress.start(terminal, "childcare")) {
      progress.accept(647);
    }
    assertThat(String.join("\n", shell.err())).contains("childcare").contains("647 records read");
  }
}
