package dev.attune.pipeline.write;

import dev.attune.catalog.TokenEstimate;
import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CategoryRow;
import dev.attune.pipeline.accounting.RunSummary.RejectionRow;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.report.ReportData;
import dev.attune.pipeline.write.Posting.Kind;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.RejectedPart;
import dev.attune.pipeline.write.part.SplitStatistics;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a run, the checks that they agree, and the figures that are published from them.
 */
final class Accounts {
  private static final int NAMED_CATEGORIES = 10;

  private final Publication publication;
  private final DatasetManifest draft;
  private final List<Tally> read;
  private final List<Tally> carried;
  private final List<ExamplePart> parts;
  private final List<RejectedPart> rejectedParts;
  private final Map<RejectedPart.Key, RejectedPart.First> reasons;
  private final Redactions redactions;
  private final ImprovementCounts improvements;
  private final List<String> notes;
  private final List<String> undivided;
  private final List<String> together;
  private final Map<Split, SplitStatistics> statistics = new EnumMap<>(Split.class);

  Accounts(Publication publication, List<Posting> postings) {
    this.publication = publication;
    this.draft = publication.draft();
    this.read = Posting.values(Kind.READ, Tally.class, postings);
    this.carried = Posting.values(Kind.CARRIED, Tally.class, postings);
    this.parts = Posting.values(Kind.EXAMPLES, ExamplePart.class, postings);
    this.rejectedParts = Posting.values(Kind.REJECTED, RejectedPart.class, postings);
    this.reasons = RejectedPart.merge(rejectedParts);
    this.redactions =
        Posting.values(Kind.REDACTIONS, Redactions.class, postings).stream()
            .reduce(Redactions.NONE, Redactions::plus);
    this.improvements =
        Posting.values(Kind.IMPROVEMENTS, ImprovementCounts.class, postings).stream()
            .reduce(ImprovementCounts.NONE, ImprovementCounts::plus);
    this.notes = Posting.values(Kind.NOTE, String.class, postings);
    this.undivided = Posting.values(Kind.UNDIVIDED, String.class, postings);
    this.together = Posting.values(Kind.TOGETHER, String.class, postings);
    for (Split split : Split.values()) {
      SplitStatistics all = new SplitStatistics();
      partsOf(split).forEach(part -> all.add(part.statistics()));
      statistics.put(split, all);
    }
  }

  /**
   * Compares the records read with those written and rejected, and the examples of the previous
   * dataset with those carried over: the numbers, and the sums of the hashes of the ids.
   *
   * @throws IllegalStateException if they differ
   */
  void requireBalance() {
    requireCarried();
    Tally in =
        Stream.concat(read.stream(), parts.stream().map(ExamplePart::carried))
            .reduce(Tally.none("read"), Tally::plus);
    Tally out =
        Stream.concat(
                parts.stream().map(ExamplePart::tally),
                rejectedParts.stream().map(RejectedPart::tally))
            .reduce(Tally.none("written or rejected"), Tally::plus);
    if (!in.sameRecords(out)) {
      throw new IllegalStateException(
          count(read)
              + " records were read, and "
              + (out.count() - (in.count() - count(read)))
              + " were written or rejected"
              + (in.count() == out.count() ? ", but not the same ones" : "")
              + "; nothing was published");
    }
  }

  private void requireCarried() {
    DatasetManifest.Previous previous = draft.sources().previous();
    long training = previous == null ? 0 : previous.training();
    long validation = previous == null ? 0 : previous.validation();
    requireCarried(Split.TRAINING, training);
    requireCarried(Split.VALIDATION, validation);
  }

  private void requireCarried(Split split, long previous) {
    Tally in =
        carried.stream()
            .filter(tally -> tally.outcome().equals(split.fileName()))
            .reduce(Tally.none("read"), Tally::plus);
    Tally out =
        partsOf(split).map(ExamplePart::carried).reduce(Tally.none("carried over"), Tally::plus);
    if (previous != out.count() || !in.sameRecords(out)) {
      throw new IllegalStateException(
          "the previous dataset has "
              + previous
              + " examples in "
              + split.fileName()
              + ", "
              + in.count()
              + " were read, and "
              + out.count()
              + " were carried over"
              + (in.count() == out.count() ? ", but not the same ones" : "")
              + "; nothing was published");
    }
  }

  /** Returns why the run is refused, in one sentence, or null if it is not. */
  @Nullable String refusal() {
    long total = count(read);
    if (total == 0) {
      return Messages.of("pipeline.publish.no-records");
    }
    long faulty =
        reasons.entrySet().stream()
            .filter(reason -> reason.getKey().reason().faulty())
            .mapToLong(reason -> reason.getValue().count())
            .sum();
    if (faulty > publication.rejectedFraction() * total) {
      return Messages.of("pipeline.publish.faulty", faulty, total, publication.rejectedFraction());
    }
    if (!undivided.isEmpty()) {
      return undivided.get(0);
    }
    if (written(Split.TRAINING) > 0) {
      return null;
    }
    long validation = written(Split.VALIDATION);
    return validation > 0
        ? Messages.of("pipeline.publish.all-validation", validation)
        : Messages.of("pipeline.publish.no-training", total);
  }

  /**
   * Returns the figures of the run.
   *
   * @param fingerprint of the dataset, or null if the run is refused
   */
  RunSummary summary(@Nullable String fingerprint) {
    DatasetManifest.Previous previous = draft.sources().previous();
    List<CategoryRow> categories = categories();
    return new RunSummary(
        draft.identity().dataset(),
        draft.identity().runId(),
        fingerprint,
        new RunSummary.Counts(
            readBySource(),
            examples(Split.TRAINING),
            examples(Split.VALIDATION),
            rejected(),
            previous == null
                ? null
                : new RunSummary.CarriedOver(
                    previous.runId(), previous.training(), previous.validation())),
        reasons.entrySet().stream()
            .map(
                row ->
                    new RejectionRow(
                        row.getKey().source().key(),
                        row.getKey().reason(),
                        row.getValue().count(),
                        row.getValue().location()))
            .toList(),
        redacted(),
        categories,
        notes(categories));
  }

  /** Returns the content of report.html. */
  ReportData report(RunSummary summary, @Nullable String refusal) {
    return new ReportData(
        summary,
        new ReportData.Facts(
            draft.identity().task(),
            draft.identity().format(),
            statistics(Split.TRAINING).tokenSum(),
            statistics(Split.VALIDATION).tokenSum()),
        refusal,
        statistics(Split.TRAINING).histogramsBeside(statistics(Split.VALIDATION)),
        publication.sources(),
        List.copyOf(new TreeSet<>(together)));
  }

  /**
   * Returns the manifest.
   *
   * @param summary figures of the run
   * @param files of the dataset
   * @param split what reaches across the two files
   */
  DatasetManifest manifest(
      RunSummary summary, List<PublishedFile> files, DatasetManifest.SplitOverlap split) {
    DatasetManifest.Identity identity = draft.identity();
    Map<String, Long> byReason =
        summary.rejections().stream()
            .sorted((one, other) -> one.reason().compareTo(other.reason()))
            .collect(
                Collectors.toMap(
                    row -> row.reason().name(),
                    RejectionRow::count,
                    Long::sum,
                    LinkedHashMap::new));
    Map<String, DatasetManifest.CategoryCount> categories = new LinkedHashMap<>();
    for (CategoryRow row : summary.categories()) {
      categories.put(row.id(), new DatasetManifest.CategoryCount(row.training(), row.validation()));
    }
    return new DatasetManifest(
        new DatasetManifest.Identity(
            identity.dataset(),
            identity.task(),
            identity.format(),
            identity.runId(),
            String.valueOf(summary.fingerprint()),
            identity.inputFingerprint()),
        new DatasetManifest.RecordCounts(
            new DatasetManifest.Read(
                readOf(SourceName.FEEDBACK),
                readOf(SourceName.OBSERVATIONS),
                readOf(SourceName.GENERATED),
                count(read)),
            examples(Split.TRAINING),
            examples(Split.VALIDATION),
            new DatasetManifest.Rejected(rejected(), byReason)),
        summary.redacted(),
        categories,
        split,
        new DatasetManifest.Tokens(
            statistics(Split.TRAINING).tokenSum(),
            statistics(Split.VALIDATION).tokenSum(),
            TokenEstimate.METHOD),
        files,
        draft.sources().improvedBy(improvements.toManifest()),
        draft.config(),
        draft.versions());
  }

  List<ExamplePart> parts() {
    return parts;
  }

  List<RejectedPart> rejectedParts() {
    return rejectedParts;
  }

  /** Returns the counts of the kinds that the draft names. */
  private Map<String, Long> redacted() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (PersonalKind kind : PersonalKind.values()) {
      if (draft.redacted().containsKey(kind.key())) {
        counts.put(kind.key(), redactions.of(kind));
      }
    }
    return counts;
  }

  private List<CategoryRow> categories() {
    Map<String, Long> training = statistics(Split.TRAINING).categories();
    Map<String, Long> validation = statistics(Split.VALIDATION).categories();
    Map<String, String> names = new LinkedHashMap<>();
    publication.categories().forEach(category -> names.put(category.id(), category.name()));
    TreeSet<String> others = new TreeSet<>(training.keySet());
    others.addAll(validation.keySet());
    others.forEach(id -> names.putIfAbsent(id, id));
    return names.entrySet().stream()
        .map(
            category ->
                new CategoryRow(
                    category.getKey(),
                    category.getValue(),
                    training.getOrDefault(category.getKey(), 0L),
                    validation.getOrDefault(category.getKey(), 0L)))
        .toList();
  }

  private Map<String, Long> readBySource() {
    Map<String, Long> bySource = new LinkedHashMap<>();
    for (SourceName source : SourceName.values()) {
      if (publication.sources().stream().anyMatch(row -> row.source().equals(source.key()))) {
        bySource.put(source.key(), readOf(source));
      }
    }
    return bySource;
  }

  private List<String> notes(List<CategoryRow> categories) {
    List<String> all = new ArrayList<>(new TreeSet<>(notes));
    String unused = improvements.note();
    if (unused != null) {
      all.add(unused);
    }
    List<String> without =
        categories.stream()
            .filter(row -> row.training() > 0 && row.validation() == 0)
            .map(CategoryRow::id)
            .toList();
    if (written(Split.VALIDATION) > 0 && !without.isEmpty()) {
      all.add(withoutValidation(without));
    }
    return all;
  }

  private static String withoutValidation(List<String> categories) {
    int count = categories.size();
    if (count == 1) {
      return Messages.of("pipeline.split.category", categories.get(0));
    }
    int named = Math.min(NAMED_CATEGORIES, count);
    String names = String.join(", ", categories.subList(0, named));
    return Messages.of(
        "pipeline.split.categories",
        count,
        named == count ? names : Messages.of("pipeline.split.and-more", names, count - named));
  }

  private long readOf(SourceName source) {
    return count(read.stream().filter(tally -> tally.outcome().equals(source.key())).toList());
  }

  private static long count(List<Tally> tallies) {
    return tallies.stream().mapToLong(Tally::count).sum();
  }

  /** Returns the number of examples made from records. */
  private long examples(Split split) {
    return sum(split, ExamplePart::newExamples);
  }

  /** Returns the number of examples, with those carried over. */
  private long written(Split split) {
    return sum(split, part -> part.tally().count());
  }

  private long sum(Split split, ToLongFunction<ExamplePart> of) {
    return partsOf(split).mapToLong(of).sum();
  }

  private Stream<ExamplePart> partsOf(Split split) {
    return parts.stream().filter(part -> part.split() == split);
  }

  private long rejected() {
    return rejectedParts.stream().mapToLong(part -> part.tally().count()).sum();
  }

  private SplitStatistics statistics(Split split) {
    return statistics.getOrDefault(split, new SplitStatistics());
  }
}
