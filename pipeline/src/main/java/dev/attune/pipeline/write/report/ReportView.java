package dev.attune.pipeline.write.report;

import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.write.report.ReportData.Bin;
import dev.attune.pipeline.write.report.ReportData.CategoryRow;
import dev.attune.pipeline.write.report.ReportData.Histogram;
import dev.attune.pipeline.write.report.ReportData.RejectionRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the page shows beyond the data itself: sums by source and reason, labels of bins, charts.
 *
 * @param read one row a configured source, in the contract's order
 * @param rejected the sources that have rejections, in their order in the data
 * @param reasons over all sources, the most frequent first
 * @param distributions the histograms that have bins
 */
record ReportView(
    List<SourceSum> read,
    List<RejectedGroup> rejected,
    List<ReasonSum> reasons,
    List<Distribution> distributions,
    List<Chart> charts) {
  private static final List<String> SOURCE_ORDER =
      Arrays.stream(SourceName.values()).map(SourceName::key).toList();

  /** What became of a source's records. */
  record SourceSum(String source, long read, long rejected) {
    long kept() {
      return read - rejected;
    }
  }

  /** A source's rejections. */
  record RejectedGroup(String source, List<RejectionRow> rows) {
    long count() {
      return rows.stream().mapToLong(RejectionRow::count).sum();
    }
  }

  /** How many records were rejected for a reason. */
  record ReasonSum(String reason, long count) {}

  /** A histogram whose bins are labelled by their ranges. */
  record Distribution(String id, String title, String unit, List<Range> ranges) {}

  /** A bin as the table names it. */
  record Range(String label, long training, long validation) {}

  static ReportView of(ReportData data) {
    List<RejectedGroup> rejected = rejected(data);
    List<ReasonSum> reasons = reasons(data);
    List<Distribution> distributions = distributions(data);
    return new ReportView(
        read(data, rejected), rejected, reasons, distributions, charts(data, reasons));
  }

  /** The reasons in one line: what the chart of them shows, for those who cannot see it. */
  String reasonsInWords() {
    return reasons.stream()
        .map(sum -> sum.reason + " " + Figures.count(sum.count))
        .collect(Collectors.joining(", "));
  }

  /** A configured source without a rejection has a row, and so has one that only has rejections. */
  private static List<SourceSum> read(ReportData data, List<RejectedGroup> groups) {
    Map<String, Long> rejected = new LinkedHashMap<>();
    groups.forEach(group -> rejected.put(group.source, group.count()));
    Map<String, Long> read = new TreeMap<>(sourceOrder());
    rejected.keySet().forEach(source -> read.put(source, 0L));
    read.putAll(data.counts().read());
    return read.entrySet().stream()
        .map(e -> new SourceSum(e.getKey(), e.getValue(), rejected.getOrDefault(e.getKey(), 0L)))
        .toList();
  }

  private static Comparator<String> sourceOrder() {
    return Comparator.comparingInt(
            (String source) -> {
              int place = SOURCE_ORDER.indexOf(source);
              return place < 0 ? SOURCE_ORDER.size() : place;
            })
        .thenComparing(Comparator.naturalOrder());
  }

  private static List<RejectedGroup> rejected(ReportData data) {
    Map<String, List<RejectionRow>> rows = new LinkedHashMap<>();
    for (RejectionRow row : data.rejections()) {
      rows.computeIfAbsent(row.source(), source -> new ArrayList<>()).add(row);
    }
    return rows.entrySet().stream()
        .map(e -> new RejectedGroup(e.getKey(), List.copyOf(e.getValue())))
        .toList();
  }

  private static List<ReasonSum> reasons(ReportData data) {
    Map<String, Long> counts = new TreeMap<>();
    data.rejections().forEach(row -> counts.merge(row.reason(), row.count(), Long::sum));
    return counts.entrySet().stream()
        .map(e -> new ReasonSum(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingLong(ReasonSum::count).reversed().thenComparing(ReasonSum::reason))
        .toList();
  }

  private static List<Distribution> distributions(ReportData data) {
    List<Distribution> all = new ArrayList<>();
    for (Histogram histogram : data.histograms()) {
      if (!histogram.bins().isEmpty()) {
        String id = "distribution-" + (all.size() + 1);
        all.add(new Distribution(id, histogram.title(), histogram.unit(), ranges(histogram)));
      }
    }
    return List.copyOf(all);
  }

  private static List<Range> ranges(Histogram histogram) {
    List<Range> ranges = new ArrayList<>();
    List<Bin> bins = histogram.bins();
    for (int i = 0; i < bins.size(); i++) {
      Bin bin = bins.get(i);
      boolean last = i == bins.size() - 1;
      String label = last ? "≥ " + bin.from() : bin.from() + " – " + bins.get(i + 1).from();
      ranges.add(new Range(label, bin.training(), bin.validation()));
    }
    return List.copyOf(ranges);
  }

  private static List<Chart> charts(ReportData data, List<ReasonSum> reasons) {
    List<Chart> charts = new ArrayList<>();
    if (!reasons.isEmpty()) {
      charts.add(
          new Chart(
              "reasons",
              true,
              "",
              reasons.stream().map(ReasonSum::reason).toList(),
              List.of(
                  new Chart.Series(
                      "Rejected", "rejected", reasons.stream().map(ReasonSum::count).toList()))));
    }
    List<CategoryRow> categories = data.categories();
    if (!categories.isEmpty()) {
      charts.add(
          new Chart(
              "categories",
              true,
              "",
              categories.stream().map(CategoryRow::name).toList(),
              splits(
                  categories.stream().map(CategoryRow::training).toList(),
                  categories.stream().map(CategoryRow::validation).toList())));
    }
    for (Histogram histogram : data.histograms()) {
      List<Bin> bins = histogram.bins();
      if (!bins.isEmpty()) {
        charts.add(
            new Chart(
                "distribution-" + (charts.stream().filter(c -> !c.horizontal()).count() + 1),
                false,
                histogram.unit(),
                bins.stream().map(Bin::from).toList(),
                splits(
                    bins.stream().map(Bin::training).toList(),
                    bins.stream().map(Bin::validation).toList())));
      }
    }
    return List.copyOf(charts);
  }

  private static List<Chart.Series> splits(List<Long> training, List<Long> validation) {
    return List.of(
        new Chart.Series("Training", "training", training),
        new Chart.Series("Validation", "validation", validation));
  }
}
