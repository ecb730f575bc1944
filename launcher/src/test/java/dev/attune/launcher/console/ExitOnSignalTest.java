package dev.attune.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes that get real signals. */
@Timeout(60)
class ExitOnSignalTest {
  @TempDir private Path folder;

  /** Starts the process and waits until it watches for signals. */
  private Process start(String... args) throws IOException, InterruptedException {
    // A build in the background of a shell is deaf to SIGINT, and so is what it starts.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path")));
    command.add(SignalledProcess.class.getName());
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    while (process.isAlive() && !read("out").startsWith("ready")) {
      Thread.sleep(10);
    }
    return process;
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }

  private String lastLine() throws IOException {
    List<String> lines = read("err").lines().toList();
    assertThat(read("err")).endsWith("\n");
    return lines.get(lines.size() - 1);
  }

  private static void send(String signal, Process process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", signal, String.valueOf(process.pid())).start().waitFor();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void endsWithTheSignalsCodeAndASentence(String signal, int exit) throws Exception {
    Process process = start("hint", "--json");
    send(signal, process);
    assertThat(process.waitFor()).isEqualTo(exit);
    assertThat(lastLine()).isEqualTo("Interrupted: half of it is done. Run it again.");
    var document =
        CanonicalJson.read(
            read("out").substring("ready\n".length()).getBytes(StandardCharsets.UTF_8));
    assertThat(SchemaFile.FAILURE.validate(document)).isEmpty();
    assertThat(document.at("/error/code").asText()).isEqualTo("INTERRUPTED");
    assertThat(document.at("/error/exitCode").asInt()).isEqualTo(exit);
  }

  @Test
  void saysThatNothingWasDoneBeforeTheCommandBegan() throws Exception {
    Process process = start();
    send("TERM", process);
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(lastLine())
        .isEqualTo(
            "Interrupted before the command began: nothing was published or submitted. Run it"
                + " again.");
    assertThat(read("out")).isEqualTo("ready\n");
  }

  @Test
  void doesNotWaitForCleaningUpWhenInterruptedTwice() throws Exception {
    Process process = start("hint", "stuck");
    send("INT", process);
    assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
    send("INT", process);
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(lastLine()).isEqualTo("Interrupted: half of it is done. Run it again.");
  }

  @Test
  void saysItsSentenceAlsoWhenInterruptedTwiceAtOnce() throws Exception {
    Process process = start("hint", "slow");
    send("INT", process);
    send("INT", process);
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(lastLine()).isEqualTo("Interrupted: half of it is done. Run it again.");
  }

  @Test
  void leavesAResultThatIsThereAlone() throws Exception {
    Process process = start("ends");
    assertThat(process.waitFor()).isZero();
    assertThat(read("err")).doesNotContain("Interrupted");
  }
}
