package dev.attune.pipeline.report;

import dev.attune.page.FigureText;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CarriedOver;
import dev.attune.pipeline.accounting.RunSummary.CategoryRow;
import dev.attune.pipeline.accounting.RunSummary.RejectionRow;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.report.ReportData.Bin;
import dev.attune.pipeline.report.ReportData.Histogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The view model of the page: sums by source and reason, labels of bins, and charts.
 *
 * @param headline the sentence at the top
 * @param read one row per configured source, in the order of {@code SourceName}
 * @param rejected the sources that have rejections, in their order in the data
 * @param reasons over all sources, the most frequent first
 * @param duplicates one row per source that has any
 * @param distributions the histograms that have bins
 */
record ReportView(
    ReportHeadline headline,
    List<SourceSum> read,
    List<RejectedGroup> rejected,
    List<ReasonSum> reasons,
    List<DuplicateSum> duplicates,
    List<Distribution> distributions,
    List<Chart> charts) {

  /**
   * The records of a source.
   *
   * @param readAgain upper bound of the rejected records that are examples of the previous dataset
   */
  record SourceSum(String source, long read, long rejected, long readAgain) {
    long kept() {
      return read - rejected;
    }
  }

  /** The rejections of a source. */
  record RejectedGroup(String source, List<RejectionRow> rows) {
    long count() {
      return rows.stream().mapToLong(RejectionRow::count).sum();
    }

    long count(RejectionReason reason) {
      return rows.stream()
          .filter(row -> row.reason() == reason)
          .mapToLong(RejectionRow::count)
          .sum();
    }
  }

  /** The number of records rejected for a reason. */
  record ReasonSum(RejectionReason reason, long count) {}

  /** The duplicates of a source, by what they have in common with the survivor. */
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

  /** A histogram with the range of each bin as text. */
  record Distribution(String id, Histogram histogram, List<String> ranges) {}

  static ReportView of(ReportData data) {
    RunSummary run = data.summary();
    List<RejectedGroup> rejected =
        run.rejections().stream()
            .collect(
                Collectors.groupingBy(
                    RejectionRow::source, LinkedHashMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(e -> new RejectedGroup(e.getKey(), e.getValue()))
            .toList();
    List<ReasonSum> reasons = reasons(run);
    List<Distribution> distributions = distributions(data);
    return new ReportView(
        ReportHeadline.of(run, data.refusal(), reasons),
        read(run, rejected),
        rejected,
        reasons,
        rejected.stream().map(DuplicateSum::of).filter(sum -> sum.count() > 0).toList(),
        distributions,
        charts(run, reasons, distributions));
  }

  /** Returns whether one of the distributions is that of quality. */
  boolean showsQuality() {
    return distributions.stream()
        .anyMatch(distribution -> distribution.histogram.title().startsWith("Quality"));
  }

  /** Returns the reasons in one line, as the text alternative of their chart. */
  String reasonsInWords() {
    return reasons.stream()
        .map(sum -> sum.reason + " " + FigureText.count(sum.count))
        .collect(Collectors.joining(", "));
  }

  /** Returns an explanation of a term in a reason's sentence, or an empty text. */
  static String meaning(RejectionReason reason) {
    return switch (reason) {
      case EXACT_DUPLICATE ->
          "Normal form: the text without regard to upper and lower case, character width and"
              + " white space.";
      case NEAR_DUPLICATE -> "Like it: the share of sequences of three words that both texts have.";
      default -> "";
    };
  }

  private static List<SourceSum> read(RunSummary run, List<RejectedGroup> groups) {
    CarriedOver carried = run.counts().carried();
    long mostReadAgain = carried == null ? 0 : carried.total();
    return run.counts().read().entrySet().stream()
        .map(
            source -> {
              RejectedGroup group =
                  groups.stream()
                      .filter(rejected -> rejected.source.equals(source.getKey()))
                      .findFirst()
                      .orElse(new RejectedGroup(source.getKey(), List.of()));
              long readAgain =
                  Math.min(mostReadAgain, group.count(RejectionReason.EXACT_DUPLICATE));
              return new SourceSum(source.getKey(), source.getValue(), group.count(), readAgain);
            })
        .toList();
  }

  private static List<ReasonSum> reasons(RunSummary run) {
    Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
    run.rejections().forEach(row -> counts.merge(row.reason(), row.count(), Long::sum));
    return counts.entrySet().stream()
        .map(e -> new ReasonSum(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingLong(ReasonSum::count)
                .reversed()
                .thenComparing(sum -> sum.reason.name()))
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
    int last = bins.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(
            i ->
                i == last
                    ? "≥ " + bins.get(i).from()
                    : bins.get(i).from() + " – " + bins.get(i + 1).from())
        .toList();
  }

  private static List<Chart> charts(
      RunSummary run, List<ReasonSum> reasons, List<Distribution> distributions) {
    List<Chart> charts = new ArrayList<>();
    if (!reasons.isEmpty()) {
      List<String> labels = reasons.stream().map(sum -> sum.reason.name()).toList();
      charts.add(
          new Chart(
              "reasons",
              true,
              "",
              labels,
              List.of(
                  new Chart.Series("Rejected", "rejected", figures(reasons, ReasonSum::count)))));
    }
    List<CategoryRow> rows = run.categories();
    if (!rows.isEmpty()) {
      charts.add(
          new Chart(
              "categories",
              true,
              "",
              rows.stream().map(CategoryRow::name).toList(),
              splits(
                  figures(rows, CategoryRow::training), figures(rows, CategoryRow::validation))));
    }
    for (Distribution distribution : distributions) {
      List<Bin> bins = distribution.histogram.bins();
      charts.add(
          new Chart(
              distribution.id,
              false,
              distribution.histogram.unit(),
              bins.stream().map(Bin::from).toList(),
              splits(figures(bins, Bin::training), figures(bins, Bin::validation))));
    }
    return List.copyOf(charts);
  }

  private static <T> List<Long> figures(List<T> rows, ToLongFunction<T> figure) {
    return rows.stream().mapToLong(figure).boxed().toList();
  }

  private static List<Chart.Series> splits(List<Long> training, List<Long> validation) {
    return List.of(
        new Chart.Series("Training", "training", training),
        new Chart.Series("Validation", "validation", validation));
  }
}
