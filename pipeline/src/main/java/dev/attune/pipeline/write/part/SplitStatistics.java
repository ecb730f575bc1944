package dev.attune.pipeline.write.part;

import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.report.ReportData;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The figures of one split, counted while its examples are written. */
public final class SplitStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Long> categories = new TreeMap<>();
  private final Histogram quality =
      new Histogram(0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95);
  private final Histogram characters =
      new Histogram(0, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600);
  private final Histogram tokens =
      new Histogram(
          0, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536);
  private long tokenSum;

  public void add(EncodedExample example) {
    for (String category : example.provenance().categories()) {
      categories.merge(category, 1L, Long::sum);
    }
    Quality score = example.provenance().quality();
    if (score != null) {
      quality.add(score.tenths());
    }
    characters.add(example.characters());
    tokens.add(example.tokens());
    tokenSum += example.tokens();
  }

  public void add(SplitStatistics other) {
    other.categories.forEach((category, count) -> categories.merge(category, count, Long::sum));
    quality.add(other.quality);
    characters.add(other.characters);
    tokens.add(other.tokens);
    tokenSum += other.tokenSum;
  }

  public Map<String, Long> categories() {
    return categories;
  }

  /** Returns the histograms of training, beside those of validation, that have a figure. */
  public List<ReportData.Histogram> histogramsBeside(SplitStatistics validation) {
    return Stream.of(
            quality.tenthsBeside(
                validation.quality, "Quality, of scored records only", "quality, 0 to 10"),
            characters.beside(validation.characters, "Length", "characters"),
            tokens.beside(validation.tokens, "Tokens", "tokens, estimated"))
        .filter(histogram -> !histogram.bins().isEmpty())
        .toList();
  }

  public long tokenSum() {
    return tokenSum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SplitStatistics that
        && tokenSum == that.tokenSum
        && categories.equals(that.categories)
        && quality.equals(that.quality)
        && characters.equals(that.characters)
        && tokens.equals(that.tokens);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(tokenSum);
  }
}
