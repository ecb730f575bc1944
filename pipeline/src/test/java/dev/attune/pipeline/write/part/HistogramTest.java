package dev.attune.pipeline.write.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.report.ReportData;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void countsAFigureInTheBinThatBeginsAtOrBelowIt() {
    Histogram histogram = new Histogram(0, 10, 20);
    for (int figure : new int[] {-5, 0, 9, 10, 19, 20, Integer.MAX_VALUE}) {
      histogram.add(figure);
    }
    assertThat(counts(histogram)).containsExactly(3, 2, 2);
    assertThat(histogram.from(1)).isEqualTo(10);
  }

  @Test
  void addsUp() {
    Histogram one = new Histogram(0, 10);
    one.add(1);
    Histogram other = new Histogram(0, 10);
    other.add(2);
    other.add(12);
    one.add(other);
    assertThat(counts(one)).containsExactly(2, 1);
    assertThat(counts(other)).containsExactly(1, 1);
  }

  @Test
  void isEmptyUntilSomethingIsCounted() {
    Histogram histogram = new Histogram(0, 10);
    assertThat(histogram.isEmpty()).isTrue();
    histogram.add(11);
    assertThat(histogram.isEmpty()).isFalse();
  }

  @Test
  void showsTenthsAsNumbers() {
    Histogram histogram = new Histogram(0, 70, 75);
    histogram.add(71);
    assertThat(histogram.tenthsBeside(new Histogram(0, 70, 75), "Quality", "0 to 10").bins())
        .extracting(ReportData.Bin::from)
        .containsExactly("0", "7", "7.5");
  }

  private static long[] counts(Histogram histogram) {
    long[] counts = new long[histogram.bins()];
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = histogram.count(bin);
    }
    return counts;
  }
}
