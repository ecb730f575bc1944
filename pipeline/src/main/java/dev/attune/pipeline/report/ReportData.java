package dev.attune.pipeline.report;

import dev.attune.pipeline.accounting.RunSummary;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of report.html.
 *
 * @param summary figures of the run
 * @param dataset facts about the dataset besides these figures
 * @param refusal why nothing was published, or null
 * @param histograms quality, characters, tokens; each with bins in order
 * @param sources the files and tables that were read
 * @param together sentences about records that the split keeps together
 */
public record ReportData(
    RunSummary summary,
    Facts dataset,
    @Nullable String refusal,
    List<Histogram> histograms,
    List<SourceRow> sources,
    List<String> together) {
  public ReportData {
    histograms = List.copyOf(histograms);
    sources = List.copyOf(sources);
    together = List.copyOf(together);
  }

  /** Task, format and estimated tokens of a dataset. */
  public record Facts(String task, String format, long trainingTokens, long validationTokens) {}

  /** The distribution of a figure; one bin per bar. */
  public record Histogram(String title, String unit, List<Bin> bins) {
    public Histogram {
      bins = List.copyOf(bins);
    }
  }

  /** The examples from {@code from} (inclusive) to the next bin; the last bin has no end. */
  public record Bin(String from, long training, long validation) {}

  /** A file or table: its name, its size in bytes (null for a table), and SHA-256 or watermark. */
  public record SourceRow(String source, String name, @Nullable Long bytes, String identity)
      implements Serializable {}
}
