package dev.attune.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FigureTextTest {
  @Test
  void writesCountsInGroupsOfThree() {
    assertThat(List.of(0L, 999L, 1_000L, -1_234_567L).stream().map(FigureText::count))
        .containsExactly("0", "999", "1,000", "-1,234,567");
    assertThat(FigureText.count(1, "record")).isEqualTo("1 record");
    assertThat(FigureText.count(2_000, "record")).isEqualTo("2,000 records");
  }

  @Test
  void writesSharesAndGainsWithTheirIntervals() {
    assertThat(FigureText.share(0.8934, 0.871, 0.912)).isEqualTo("0.893 (0.871 to 0.912)");
    assertThat(FigureText.gain(0.0344, -0.0104, 0.078)).isEqualTo("+0.034 (-0.010 to +0.078)");
    assertThat(FigureText.gain(-0.0001)).isEqualTo("0.000");
    assertThat(FigureText.percent(0.0314)).isEqualTo("3.1%");
  }

  /** The gate reads figures from evaluation.json, where they have six places. */
  @Test
  void writesAFigureAsItWritesTheSameFigureFromAFile() {
    double measured = 0.88849999996;
    double read = 0.888500;
    assertThat(FigureText.share(measured)).isEqualTo(FigureText.share(read)).isEqualTo("0.888");
  }

  @Test
  void writesSizesInPowersOfAThousand() {
    assertThat(
            List.of(0L, 999L, 1_000L, 9_949L, 9_950L, 999_499L, 999_500L, Long.MAX_VALUE).stream()
                .map(FigureText::bytes))
        .containsExactly("0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "999 kB", "1.0 MB", "9.2 EB");
  }

  @Test
  void writesTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(FigureText.count(1_234) + " " + FigureText.share(0.5)).isEqualTo("1,234 0.500");
    } finally {
      Locale.setDefault(before);
    }
  }
}
