package dev.attune.launcher.console.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.SteppedTicker;
import dev.attune.launcher.console.SystemTicker;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.console.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private final TestShell shell = new TestShell(Path.of("/"));
  private final SteppedTicker time = new SteppedTicker();

  private Progress start(String doing, Amount amount, String... next) {
    return Progress.start(time.with(shell.shell()), doing, amount, next);
  }

  @Test
  void showsNothingOfAStepOfLessThanThreeSeconds() {
    try (Progress progress = start("Reading", Amount.of(10, "records"))) {
      progress.accept(1);
      time.pass(2);
    }
    time.pass(20);

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void showsALineAfterThreeSecondsAndThenEveryTen() {
    try (Progress progress =
        start("Reading", new Amount("records", 200_000, true), "remove duplicates", "write")) {
      progress.accept(30_000);
      time.pass(12);
      progress.accept(120_000);
      time.pass(10);
    }

    assertThat(shell.err())
        .containsExactly(
            "Reading: 30,000 of about 200,000 records, 10,000 a second, 17 s left;"
                + " next: remove duplicates, write",
            "Reading: 120,000 of about 200,000 records, 9,230 a second, 9 s left;"
                + " next: remove duplicates, write");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void saysNoRateOnceAllIsCountedAndWorkGoesOn() {
    try (Progress progress = start("Checking", Amount.of(300_000, "records"), "sort")) {
      progress.accept(300_000);
      time.pass(85);
    }

    assertThat(shell.lastLine())
        .isEqualTo("Checking: 300,000 of 300,000 records, finishing, 83 s so far; next: sort");
  }

  @Test
  void saysForHowLongWhereNothingElseIsKnown() {
    try (Progress progress = start("Reading", Amount.of(0, "records"))) {
      progress.accept(-1);
      time.pass(3);
      progress.accept(3_000);
      time.pass(10);
    }

    assertThat(shell.err())
        .containsExactly(
            "Reading: 3 s so far", "Reading: 3,000 records, 230 a second, 13 s so far");
  }

  @Test
  void saysASentenceAtOnceAndAnotherOfItsKindOnlyAfterTenSeconds() {
    try (Progress progress = start("Asking", Amount.of(10, "answers"))) {
      progress.sayNowAndThen("first");
      time.pass(2);
      progress.sayNowAndThen("second");
      time.pass(8);
      progress.sayNowAndThen("third");
    }

    assertThat(shell.err()).containsExactly("first", "Asking: 3 s so far", "third");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12000000 | 120000000 | 12 of 120 MB",
        "1200000 | 9600000 | 1.2 of 9.6 MB",
        "500 | 800 | 500 of 800 bytes",
        "5000 | 0 | 5.0 kB",
        "1500000000 | 3000000000 | 1.5 of 3.0 GB",
      })
  void showsBytesInTheUnitOfTheTotal(long soFar, long total, String shown) {
    assertThat(Amount.bytes(total).reached(soFar)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"1, 1 s", "119, 119 s", "180, 3 minutes", "7300, 2 hours"})
  void saysTimesInWords(long seconds, String words) {
    assertThat(ProgressLine.words(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  @Test
  void drawsOneLineOnATerminal() {
    Shell plain = time.with(shell.shell());
    Shell terminal =
        new Shell(
            plain.out(),
            plain.err(),
            true,
            plain.directory(),
            plain.environment(),
            plain.clock(),
            time);
    try (Progress progress = Progress.start(terminal, "Reading", Amount.of(1_000, "records"))) {
      progress.accept(647);
      time.pass(2);
      progress.say("A sentence.");
    }

    assertThat(String.join("\n", shell.err()))
        .contains("Reading: 647 of 1,000 records")
        .contains("A sentence.");
  }

  @Test
  void tellsTheTimeByItself() throws InterruptedException {
    List<String> shown = new CopyOnWriteArrayList<>();
    long before = SystemTicker.INSTANCE.nanoTime();
    try (Ticker.Ticking ticking = SystemTicker.INSTANCE.everySecond(() -> shown.add("now"))) {
      assertThat(ticking).isNotNull();
      while (shown.isEmpty()) {
        Thread.sleep(20);
      }
    }
    assertThat(SystemTicker.INSTANCE.nanoTime() - before).isBetween(900_000_000L, 5_000_000_000L);
  }
}
