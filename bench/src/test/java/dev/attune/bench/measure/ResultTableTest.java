package dev.attune.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  private static final BenchInput SMALL = new BenchInput(100_000, false, false);
  private static final BenchInput LARGE = new BenchInput(10_000_000, false, true);

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void measure() throws IOException {
    RoundsFile results = results();
    results.add(made(SMALL, BenchProgram.DIRECT, 20, 36, 1_700));
    results.add(made(SMALL, BenchProgram.LIMIT, 5, 10, 600));
    results.add(made(SMALL, BenchProgram.DIRECT, 16, 30, 1_800));
    results.add(made(SMALL, BenchProgram.LIMIT, 6, 12, 650));
    results.add(made(SMALL, BenchProgram.DIRECT, 15, 29, 1_750));
    results.add(made(LARGE, BenchProgram.FLINK, 1_000, 1_900, 4_400));
  }

  @Test
  void hasMediansAndRatiosOfWhatIsInTheFile() throws IOException {
    String table = new ResultTable(results()).markdown();

    assertThat(table.lines().skip(2))
        .containsExactly(
            "| direct | no | 100,000 | 60 | 3 | 16.0 (15.0) | 30.0 | 6,250 | 3.8 | 1,800 | 4g"
                + " | 5.5 (5.0) | 11.0 | 650 | 4g | 2.91 | 2.73 |",
            "| flink | yes | 10,000,000 | 6,000 | 1 | 1000.0 (1000.0) | 1900.0 | 10,000 | 6.0"
                + " | 4,400 | 4g | | | | | | |",
            "",
            "Measured on: a machine; commit abc.");
  }

  @Test
  void plotsTheSameBytesEachTime() throws IOException {
    Path first = folder.resolve("first.svg");
    Path second = folder.resolve("second.svg");

    new CostPlot(results()).write(first);
    new CostPlot(results()).write(second);

    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(Files.readString(first))
        .startsWith("<?xml")
        .contains(">direct<", ">flink, near<", ">limit<", ">records<")
        .doesNotContain(">limit, near<", ">direct, near<");
  }

  private RoundsFile results() throws IOException {
    return RoundsFile.of(folder.resolve("results.jsonl"));
  }

  private static BenchRound made(
      BenchInput input, BenchProgram program, double seconds, double cpuSeconds, long peak) {
    long bytes = input.records() * 600L;
    return new BenchRound(
        input, program, "4g", bytes, seconds, cpuSeconds, peak, "sha256:1", "abc", "a machine");
  }
}
