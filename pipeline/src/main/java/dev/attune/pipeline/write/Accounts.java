package dev.attune.pipeline.write;

import dev.attune.catalog.TokenEstimate;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.RejectionReason;
import dev.attune.pipeline.report.ReportData;
import dev.attune.schema.DatasetManifest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run read and what became of it: the sums of promise 1, and everything told about them. */
final class Accounts {
  private static final int NAMED_CATEGORIES = 10;

  private final DatasetManifest draft;
  private final Publication publication;
  private final List<Tally> read;
  private final List<ExamplePart> parts;
  private final List<RejectedPart> rejectedParts;
  private final Redactions redactions;
  private final Map<RejectedPart.Key, RejectedPart.First> reasons;
  private final List<String> notes = new ArrayList<>();
  private final List<String> undivided = new ArrayList<>();
  private final TreeSet<String> together = new TreeSet<>();
  private final List<Tally> carried = new ArrayList<>();
  private final Map<Split, SplitStatistics> statistics = new EnumMap<>(Split.class);
  private ImprovementCounts improvements = ImprovementCounts.NONE;

  Accounts(
      Publication publication,
      List<Tally> read,
      List<ExamplePart> parts,
      List<RejectedPart> rejectedParts,
      Redactions redactions) {
    this.draft = publication.draft();
    this.publication = publication;
    this.read = read;
    this.parts = parts;
    this.rejectedParts = rejectedParts;
    this.redactions = redactions;
    this.reasons = RejectedPart.merge(rejectedParts);
    for (Split split : Split.values()) {
      statistics.put(split, new SplitStatistics());
    }
    for (ExamplePart part : parts) {
      statistics(part.split()).add(part.statistics());
    }
  }

  /**
   * Compares what was read with what was written and rejected, and what the previous dataset held
   * with what was carried over: the numbers, and the sums of the hashes of the ids.
   *
   * @throws IllegalStateException if they differ
   */
  void requireBalance() {
    new CarriedBalance(draft.sources().previous(), carried, parts).require();
    Tally in = Tally.none("read");
    for (Tally tally : read) {
      in = in.plus(tally);
    }
    Tally out = Tally.none("written or rejected");
    for (ExamplePart part : parts) {
      in = in.plus(part.carried());
      out = out.plus(part.tally());
    }
    for (RejectedPart part : rejectedParts) {
      out = out.plus(part.tally());
    }
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

  /** Why the run is refused, in one sentence; null: it is not. */
  @Nullable String refusal() {
    long total = count(read);
    if (total == 0) {
      return "The sources hold no records";
    }
    long faulty = 0;
    for (Map.Entry<RejectedPart.Key, RejectedPart.First> reason : reasons.entrySet()) {
      if (reason.getKey().reason().faulty()) {
        faulty += reason.getValue().count();
      }
    }
    if (faulty > publication.rejectedFraction() * total) {
      return faulty
          + " of "
          + total
          + " records are faulty, more than limits.rejectedFraction ("
          + publication.rejectedFraction()
          + ") allows";
    }
    if (!undivided.isEmpty()) {
      return undivided.get(0);
    }
    if (written(Split.TRAINING) > 0) {
      return null;
    }
    return written(Split.VALIDATION) > 0
        ? "All "
            + written(Split.VALIDATION)
            + " examples fell to validation and none to training: add records, or set"
            + " split.validation to 0"
        : "No training example is left: all " + total + " records were rejected";
  }

  /** With what was read of the previous dataset, under the names of its files. */
  Accounts carrying(List<Tally> tallies) {
    carried.addAll(tallies);
    return this;
  }

  /** With what became of the lines of improvements; none where none are configured. */
  Accounts improvedBy(ImprovementCounts counts) {
    improvements = counts;
    return this;
  }

  /** With these sentences among the notes. */
  Accounts noting(List<String> sentences) {
    notes.addAll(sentences);
    return this;
  }

  /** With why the split cannot divide, if it cannot. */
  Accounts undivided(List<String> sentences) {
    undivided.addAll(sentences);
    return this;
  }

  /** With these sentences about what stays together. */
  Accounts together(List<String> sentences) {
    together.addAll(sentences);
    return this;
  }

  /**
   * The manifest.
   *
   * @param split what reaches across the two files
   */
  DatasetManifest manifest(String fingerprint, DatasetFiles files, DatasetManifest.Split split) {
    DatasetManifest.Identity identity = draft.identity();
    return new DatasetManifest(
        new DatasetManifest.Identity(
            identity.dataset(),
            identity.task(),
            identity.format(),
            identity.runId(),
            fingerprint,
            identity.inputFingerprint()),
        counts(),
        redacted(),
        categories(),
        split,
        new DatasetManifest.Tokens(
            statistics(Split.TRAINING).tokenSum(),
            statistics(Split.VALIDATION).tokenSum(),
            TokenEstimate.METHOD),
        files.files(),
        draft.sources().improvedBy(improvements.told()),
        draft.config(),
        draft.versions());
  }

  ReportData report(@Nullable String fingerprint, @Nullable String refusal) {
    DatasetManifest.Identity identity = draft.identity();
    return new ReportData(
        new ReportData.Title(
            identity.dataset(), identity.task(), identity.format(), identity.runId(), fingerprint),
        refusal,
        new ReportData.Counts(
            readBySource(),
            examples(Split.TRAINING),
            examples(Split.VALIDATION),
            rejected(),
            statistics(Split.TRAINING).tokenSum(),
            statistics(Split.VALIDATION).tokenSum(),
            carriedOver()),
        rejectionRows(),
        redacted(),
        categoryRows(),
        histograms(),
        publication.sources().stream()
            .map(s -> new ReportData.SourceRow(s.source(), s.name(), s.bytes(), s.identity()))
            .toList(),
        notes(),
        List.copyOf(together));
  }

  List<ExamplePart> parts() {
    return parts;
  }

  List<RejectedPart> rejectedParts() {
    return rejectedParts;
  }

  private ReportData.@Nullable CarriedOver carriedOver() {
    DatasetManifest.Previous previous = draft.sources().previous();
    return previous == null
        ? null
        : new ReportData.CarriedOver(previous.runId(), previous.training(), previous.validation());
  }

  private DatasetManifest.Counts counts() {
    Map<String, Long> byReason = new LinkedHashMap<>();
    for (RejectionReason reason : RejectionReason.values()) {
      long count = 0;
      for (Map.Entry<RejectedPart.Key, RejectedPart.First> entry : reasons.entrySet()) {
        count += entry.getKey().reason() == reason ? entry.getValue().count() : 0;
      }
      if (count > 0) {
        byReason.put(reason.name(), count);
      }
    }
    return new DatasetManifest.Counts(
        new DatasetManifest.Read(
            readOf(SourceName.FEEDBACK),
            readOf(SourceName.OBSERVATIONS),
            readOf(SourceName.GENERATED),
            count(read)),
        examples(Split.TRAINING),
        examples(Split.VALIDATION),
        new DatasetManifest.Rejected(rejected(), byReason));
  }

  /** Of the kinds that the draft names. */
  private Map<String, Long> redacted() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (PersonalKind kind : PersonalKind.values()) {
      if (draft.redacted().containsKey(kind.key())) {
        counts.put(kind.key(), redactions.of(kind));
      }
    }
    return counts;
  }

  private Map<String, DatasetManifest.CategoryCount> categories() {
    Map<String, DatasetManifest.CategoryCount> counts = new LinkedHashMap<>();
    for (ReportData.CategoryRow row : categoryRows()) {
      counts.put(row.id(), new DatasetManifest.CategoryCount(row.training(), row.validation()));
    }
    return counts;
  }

  private List<ReportData.CategoryRow> categoryRows() {
    Map<String, Long> training = statistics(Split.TRAINING).categories();
    Map<String, Long> validation = statistics(Split.VALIDATION).categories();
    Map<String, String> names = new LinkedHashMap<>();
    publication.categories().forEach(category -> names.put(category.id(), category.name()));
    TreeSet<String> others = new TreeSet<>(training.keySet());
    others.addAll(validation.keySet());
    others.forEach(id -> names.putIfAbsent(id, id));
    List<ReportData.CategoryRow> rows = new ArrayList<>();
    names.forEach(
        (id, name) ->
            rows.add(
                new ReportData.CategoryRow(
                    id, name, training.getOrDefault(id, 0L), validation.getOrDefault(id, 0L))));
    return rows;
  }

  private Map<String, Long> readBySource() {
    Map<String, Long> bySource = new LinkedHashMap<>();
    for (SourceName source : SourceName.values()) {
      boolean configured =
          publication.sources().stream().anyMatch(line -> line.source().equals(source.key()));
      if (configured) {
        bySource.put(source.key(), readOf(source));
      }
    }
    return bySource;
  }

  private List<ReportData.RejectionRow> rejectionRows() {
    List<ReportData.RejectionRow> rows = new ArrayList<>();
    reasons.forEach(
        (key, first) ->
            rows.add(
                new ReportData.RejectionRow(
                    key.source().key(),
                    key.reason().name(),
                    key.reason().sentence(),
                    first.count(),
                    first.location())));
    return rows;
  }

  private List<ReportData.Histogram> histograms() {
    SplitStatistics training = statistics(Split.TRAINING);
    SplitStatistics validation = statistics(Split.VALIDATION);
    return Stream.of(
            training
                .quality()
                .tenthsBeside(
                    validation.quality(), "Quality, of scored records only", "quality, 0 to 10"),
            training.characters().beside(validation.characters(), "Length", "characters"),
            training.tokens().beside(validation.tokens(), "Tokens", "tokens, estimated"))
        .filter(histogram -> !histogram.bins().isEmpty())
        .toList();
  }

  private List<String> notes() {
    List<String> all = new ArrayList<>(new TreeSet<>(notes));
    String unused = improvements.note();
    if (unused != null) {
      all.add(unused);
    }
    String without = categoriesWithoutValidation();
    if (without != null) {
      all.add(without);
    }
    return all;
  }

  private @Nullable String categoriesWithoutValidation() {
    List<String> without = new ArrayList<>();
    boolean any = written(Split.VALIDATION) > 0;
    for (ReportData.CategoryRow row : categoryRows()) {
      if (any && row.training() > 0 && row.validation() == 0) {
        without.add(row.id());
      }
    }
    if (without.isEmpty()) {
      return null;
    }
    int named = Math.min(NAMED_CATEGORIES, without.size());
    String more = without.size() > named ? " and " + (without.size() - named) + " more" : "";
    return String.format(
        Locale.ROOT,
        "%s without a validation example: %s%s.",
        without.size() == 1 ? "One category is" : without.size() + " categories are",
        String.join(", ", without.subList(0, named)),
        more);
  }

  private long readOf(SourceName source) {
    return count(read.stream().filter(tally -> tally.outcome().equals(source.key())).toList());
  }

  private static long count(List<Tally> tallies) {
    return tallies.stream().mapToLong(Tally::count).sum();
  }

  /** Of records that were read. */
  private long examples(Split split) {
    return sum(split, ExamplePart::newExamples);
  }

  /** With those that are carried over. */
  private long written(Split split) {
    return sum(split, part -> part.tally().count());
  }

  private long sum(Split split, ToLongFunction<ExamplePart> of) {
    return parts.stream().filter(part -> part.split() == split).mapToLong(of).sum();
  }

  private long rejected() {
    return rejectedParts.stream().mapToLong(part -> part.tally().count()).sum();
  }

  private SplitStatistics statistics(Split split) {
    SplitStatistics found = statistics.get(split);
    if (found == null) {
      throw new AssertionError("every split has statistics");
    }
    return found;
  }
}
