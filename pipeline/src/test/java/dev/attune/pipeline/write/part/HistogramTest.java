package dev.attune.pipeline.write.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.report.ReportData;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void countsAFigureInTheBinThatBeginsAtOrBelowIt() {
    Histogram histogram = new Histogram(0, 10, 20);
    for (int figure : new int[] {-5, 0, 9, 10, 19, 20, Integer.MAX_VALUE}) {
      histogram.add(figure);
    }
    assertThat(counts(histogram)).containsExactly(3L, 2L, 2L);
    assertThat(bins(histogram).get(1).from()).isEqualTo("10");
  }

  @Test
  void addsUp() {
    Histogram one = new Histogram(0, 10);
    one.add(1);
    Histogram other = new Histogram(0, 10);
    other.add(2);
    other.add(12);
    one.add(other);
    assertThat(counts(one)).containsExactly(2L, 1L);
    assertThat(counts(other)).containsExactly(1L, 1L);
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

  private static List<Long> counts(Histogram histogram) {
    return bins(histogram).stream().map(ReportData.Bin::training).toList();
  }

  private static List<ReportData.Bin> bins(Histogram histogram) {
    return histogram.beside(histogram, "Quality", "").bins();
  }
}
