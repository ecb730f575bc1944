package dev.attune.pipeline.report;

import dev.attune.page.FigureText;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.RejectionReason;
import dev.attune.pipeline.report.ReportData.Bin;
import dev.attune.pipeline.report.ReportData.CarriedOver;
import dev.attune.pipeline.report.ReportData.CategoryRow;
import dev.attune.pipeline.report.ReportData.Counts;
import dev.attune.pipeline.report.ReportData.Histogram;
import dev.attune.pipeline.report.ReportData.RejectionRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows beyond the data itself: sums by source and reason, labels of bins, charts.
 *
 * @param headline the sentence at the top
 * @param readAgain how many rejected records may be examples of the previous dataset: at most these
 * @param read one row a configured source, in the contract's order
 * @param rejected the sources that have rejections, in their order in the data
 * @param reasons over all sources, the most frequent first
 * @param duplicates one row a source that has any
 * @param distributions the histograms that have bins
 */
record ReportView(
    ReportHeadline headline,
    long readAgain,
    List<SourceSum> read,
    List<RejectedGroup> rejected,
    List<ReasonSum> reasons,
    List<DuplicateSum> duplicates,
    List<Distribution> distributions,
    List<Chart> charts) {
  private static final List<String> SOURCE_ORDER =
      Arrays.stream(SourceName.values()).map(SourceName::key).toList();

  /**
   * What became of a source's records.
   *
   * @param readAgain how many of the rejected may be examples of the previous dataset: at most
   *     these
   */
  record SourceSum(String source, long read, long rejected, long readAgain) {
    long kept() {
      return read - rejected;
    }
  }

  /** A source's rejections. */
  record RejectedGroup(String source, List<RejectionRow> rows) {
    long count() {
      return rows.stream().mapToLong(RejectionRow::count).sum();
    }

    long count(RejectionReason reason) {
      return rows.stream()
          .filter(row -> row.reason().equals(reason.name()))
          .mapToLong(RejectionRow::count)
          .sum();
    }
  }

  /** How many records were rejected for a reason. */
  record ReasonSum(String reason, long count) {}

  /** How many records of a source gave way to others, by what they have in common. */
  record DuplicateSum(String source, long sameId, long conflicting, long exact, long near) {
    static DuplicateSum of(RejectedGroup group) {
      return new DuplicateSum(
          group.source,
          group.count(RejectionReason.DUPLICATE_ID),
          group.count(RejectionReason.CONFLICTING_CATEGORIES),
          group.count(RejectionReason.EXACT_DUPLICATE),
          group.count(RejectionReason.NEAR_DUPLICATE));
    }

    long count() {
      return sameId + conflicting + exact + near;
    }
  }

  /** A histogram, its bins labelled by their ranges. */
  record Distribution(String id, Histogram histogram, List<String> ranges) {}

  static ReportView of(ReportData data) {
    List<RejectedGroup> rejected = rejected(data);
    List<ReasonSum> reasons = reasons(data);
    List<Distribution> distributions = distributions(data);
    return new ReportView(
        ReportHeadline.of(data, reasons),
        readAgain(data.counts(), reasons),
        read(data, rejected),
        rejected,
        reasons,
        rejected.stream().map(DuplicateSum::of).filter(sum -> sum.count() > 0).toList(),
        distributions,
        charts(data, reasons, distributions));
  }

  /** Whether a distribution is that of quality. */
  boolean showsQuality() {
    return distributions.stream()
        .anyMatch(distribution -> distribution.histogram.title().startsWith("Quality"));
  }

  /** The reasons in one line: what the chart of them shows, for those who cannot see it. */
  String reasonsInWords() {
    return reasons.stream()
        .map(sum -> sum.reason + " " + FigureText.count(sum.count))
        .collect(Collectors.joining(", "));
  }

  /**
   * How many rejected records nobody need worry about, at most: what the previous dataset was made
   * of is read again, and is an exact duplicate of its examples.
   */
  static long readAgain(Counts counts, List<ReasonSum> reasons) {
    return reasons.stream()
        .filter(sum -> sum.reason.equals(RejectionReason.EXACT_DUPLICATE.name()))
        .mapToLong(sum -> readAgain(counts.carried(), sum.count))
        .sum();
  }

  private static long readAgain(@Nullable CarriedOver carried, long duplicates) {
    return carried == null ? 0 : Math.min(duplicates, carried.training() + carried.validation());
  }

  /** What the words of a reason's sentence mean; empty where they are plain. */
  static String meaning(String reason) {
    if (reason.equals(RejectionReason.EXACT_DUPLICATE.name())) {
      return "Normal form: the text without regard to upper and lower case, character width and"
          + " white space.";
    }
    return reason.equals(RejectionReason.NEAR_DUPLICATE.name())
        ? "Like it: the share of sequences of three words that both texts have."
        : "";
  }

  /** A configured source without a rejection has a row, and so has one that only has rejections. */
  private static List<SourceSum> read(ReportData data, List<RejectedGroup> groups) {
    Map<String, RejectedGroup> rejected = new LinkedHashMap<>();
    groups.forEach(group -> rejected.put(group.source, group));
    Map<String, Long> read = new TreeMap<>(sourceOrder());
    rejected.keySet().forEach(source -> read.put(source, 0L));
    read.putAll(data.counts().read());
    List<SourceSum> sums = new ArrayList<>();
    read.forEach(
        (source, count) -> {
          RejectedGroup group = rejected.getOrDefault(source, new RejectedGroup(source, List.of()));
          long readAgain =
              readAgain(data.counts().carried(), group.count(RejectionReason.EXACT_DUPLICATE));
          sums.add(new SourceSum(source, count, group.count(), readAgain));
        });
    return List.copyOf(sums);
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
        all.add(new Distribution(id, histogram, ranges(histogram.bins())));
      }
    }
    return List.copyOf(all);
  }

  private static List<String> ranges(List<Bin> bins) {
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < bins.size() - 1; i++) {
      ranges.add(bins.get(i).from() + " – " + bins.get(i + 1).from());
    }
    ranges.add("≥ " + bins.get(bins.size() - 1).from());
    return List.copyOf(ranges);
  }

  private static List<Chart> charts(
      ReportData data, List<ReasonSum> reasons, List<Distribution> distributions) {
    List<Chart> charts = new ArrayList<>();
    if (!reasons.isEmpty()) {
      List<String> labels = reasons.stream().map(ReasonSum::reason).toList();
      List<Long> counts = reasons.stream().map(ReasonSum::count).toList();
      Chart.Series series = new Chart.Series("Rejected", "rejected", counts);
      charts.add(new Chart("reasons", true, "", labels, List.of(series)));
    }
    List<CategoryRow> rows = data.categories();
    if (!rows.isEmpty()) {
      List<String> labels = rows.stream().map(CategoryRow::name).toList();
      List<Long> training = rows.stream().map(CategoryRow::training).toList();
      List<Long> validation = rows.stream().map(CategoryRow::validation).toList();
      charts.add(new Chart("categories", true, "", labels, splits(training, validation)));
    }
    for (Distribution distribution : distributions) {
      List<Bin> bins = distribution.histogram.bins();
      List<String> labels = bins.stream().map(Bin::from).toList();
      List<Long> training = bins.stream().map(Bin::training).toList();
      List<Long> validation = bins.stream().map(Bin::validation).toList();
      String unit = distribution.histogram.unit();
      charts.add(new Chart(distribution.id, false, unit, labels, splits(training, validation)));
    }
    return List.copyOf(charts);
  }

  private static List<Chart.Series> splits(List<Long> training, List<Long> validation) {
    return List.of(
        new Chart.Series("Training", "training", training),
        new Chart.Series("Validation", "validation", validation));
  }
}
