package dev.attune.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The programs as the scripts start them, with processes of their own, on few records. */
class RunBenchTest {
  @TempDir private Path folder = Path.of("");

  /** The exit status and the output of a program. */
  private record Ended(int code, String output) {}

  @Test
  void measuresPrepareAndTheLimitAndGoesOnWhereItStopped() throws IOException {
    Ended first = bench("--runner", "local", "--sizes", "1000", "--rounds", "1", "--near");

    assertThat(first.code()).isZero();
    assertThat(first.output().lines().map(RunBenchTest::start)).contains("| local | yes | 1,000 |");
    assertThat(first.output()).contains("Measured on: ").doesNotContain("|  |");
    Path results = folder.resolve("results.jsonl");
    String measured = Files.readString(results);
    assertThat(RoundsFile.of(results).all())
        .extracting(BenchRound::program)
        .containsExactly(BenchProgram.LOCAL, BenchProgram.LIMIT);
    assertThat(RoundsFile.of(results).fingerprints(new BenchInput(1000, false, true))).hasSize(1);

    Ended again =
        bench("--runner", "local", "--sizes", "1000", "--rounds", "1", "--near", "--resume");

    assertThat(again).isEqualTo(first);
    assertThat(Files.readString(results)).isEqualTo(measured);
  }

  @Test
  void failsWhereTheTextsOfATemplateTakeTooLong() {
    Ended tooSlow =
        run(
            MeasureTemplates.commandLine(),
            List.of(
                "--texts=400", "--values=100", "--usual=0.5", "--runner=local", "--most=0.001"));

    assertThat(tooSlow.output()).contains("| local | 100 values, 50% usual | 0.");
    assertThat(tooSlow.code()).isEqualTo(1);
  }

  private static String start(String line) {
    String[] cells = line.split("\\|", 5);
    return cells.length < 5 ? "" : "|" + cells[1] + "|" + cells[2] + "|" + cells[3] + "|";
  }

  private Ended bench(String... arguments) {
    return run(RunBench.commandLine(), List.of(arguments));
  }

  private Ended run(CommandLine program, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--heap", "1g", "--folder", folder.toString()));
    PrintStream before = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      int code = program.execute(all.toArray(String[]::new));
      return new Ended(code, output.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
