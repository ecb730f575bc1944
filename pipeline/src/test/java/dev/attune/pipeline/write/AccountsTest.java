package dev.attune.pipeline.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.write.destination.FolderTarget;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.RejectedPart;
import dev.attune.pipeline.write.part.SplitStatistics;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.pipeline.write.proof.SplitProof;
import dev.attune.schema.DatasetManifest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private final List<Tally> read = new ArrayList<>();
  private final List<ExamplePart> parts = new ArrayList<>();
  private final List<RejectedPart> rejected = new ArrayList<>();
  private final List<Tally> carried = new ArrayList<>();
  private DatasetManifest.@Nullable Previous previous;
  private Map<String, Long> redacted = Map.of();
  private Redactions redactions = Redactions.NONE;

  @Test
  void balanceWhereEveryRecordIsSomewhere() {
    read("feedback", "feedback:1", "feedback:2");
    read("generated", "generated:1");
    written(Split.TRAINING, "feedback:2");
    written(Split.VALIDATION, "generated:1");
    rejected(RejectionReason.NEUTRAL_RATING, "feedback:1");
    assertThatCode(accounts(0.5)::requireBalance).doesNotThrowAnyException();
  }

  @Test
  void balanceWhereARecordWasGivenAnotherId() {
    read("feedback", "feedback:anna@example.org", "feedback:2");
    read.add(Tally.none("feedback").renamed("feedback:anna@example.org", "feedback:hashed"));
    written(Split.TRAINING, "feedback:2", "feedback:hashed");
    assertThatCode(accounts(0.5)::requireBalance).doesNotThrowAnyException();
    assertThat(accounts(0.5).summary(null).counts().read()).isEmpty();
  }

  @Test
  void tellWhatWasRedactedOfEveryKindThatIsOn() {
    redacted = Map.of("ip", 0L, "email", 0L);
    redactions =
        new Redactions(Map.of(PersonalKind.EMAIL, 2L))
            .plus(new Redactions(Map.of(PersonalKind.EMAIL, 1L, PersonalKind.CARD, 9L)));
    Map<String, Long> told = accounts(0.5).summary(null).redacted();
    assertThat(told).containsExactly(Map.entry("email", 3L), Map.entry("ip", 0L));
  }

  @Test
  void countExamplesThatAreCarriedOverAsNoRecords() {
    previous = new DatasetManifest.Previous("answers", "r0", "sha256:0", "s", "s", 2, 1);
    read("feedback", "feedback:1", "feedback:2");
    carried("train.jsonl", "feedback:8", "feedback:9");
    carried("valid.jsonl", "feedback:7");
    written(Split.TRAINING, "feedback:1");
    writtenCarried(Split.TRAINING, "feedback:8", "feedback:9");
    writtenCarried(Split.VALIDATION, "feedback:7");
    rejected(RejectionReason.EXACT_DUPLICATE, "feedback:2");
    Accounts accounts = accounts(0.5);
    assertThatCode(accounts::requireBalance).doesNotThrowAnyException();
    assertThat(accounts.refusal()).isNull();
    DatasetManifest manifest =
        accounts.manifest(accounts.summary("sha256:0"), List.of(), draftSplit());
    assertThat(manifest.counts().training()).isEqualTo(1);
    assertThat(manifest.counts().validation()).isZero();
    assertThat(manifest.trainingExamples()).isEqualTo(3);
    assertThat(manifest.validationExamples()).isEqualTo(1);
    assertThat(manifest.categories()).containsKeys("of feedback:7", "of feedback:8");
    assertThat(manifest.tokens().training()).isEqualTo(3);
    assertThat(String.valueOf(accounts.summary(null).counts().carried()))
        .contains("runId=r0", "training=2", "validation=1");
  }

  @Test
  void noticeAnExampleThatWasNotCarriedOver() {
    previous = new DatasetManifest.Previous("answers", "r0", "sha256:0", "s", "s", 2, 0);
    read("feedback", "feedback:1");
    written(Split.TRAINING, "feedback:1");
    carried("train.jsonl", "feedback:8", "feedback:9");
    writtenCarried(Split.TRAINING, "feedback:8");
    assertThatThrownBy(accounts(0.5)::requireBalance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the previous dataset has 2 examples in train.jsonl, 2 were read, and 1 were carried"
                + " over; nothing was published");
    writtenCarried(Split.TRAINING, "feedback:8");
    assertThatThrownBy(accounts(0.5)::requireBalance)
        .hasMessageContaining("2 were carried over, but not the same ones");
  }

  @Test
  void noticeAnExampleThatChangedItsFile() {
    previous = new DatasetManifest.Previous("answers", "r0", "sha256:0", "s", "s", 1, 0);
    read("feedback", "feedback:1");
    written(Split.TRAINING, "feedback:1");
    carried("train.jsonl", "feedback:8");
    writtenCarried(Split.VALIDATION, "feedback:8");
    assertThatThrownBy(accounts(0.5)::requireBalance)
        .hasMessageContaining("1 were read, and 0 were carried over");
  }

  @Test
  void noticeALostRecord() {
    read("feedback", "feedback:1", "feedback:2");
    written(Split.TRAINING, "feedback:2");
    assertThatThrownBy(accounts(0.5)::requireBalance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("2 records were read, and 1 were written or rejected; nothing was published");
  }

  @Test
  void noticeARecordThatTookAnothersPlace() {
    read("feedback", "feedback:1", "feedback:2");
    written(Split.TRAINING, "feedback:2");
    rejected(RejectionReason.EXACT_DUPLICATE, "feedback:2");
    assertThatThrownBy(accounts(0.5)::requireBalance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "2 records were read, and 2 were written or rejected, but not the same ones;"
                + " nothing was published");
  }

  @Test
  void refuseMoreFaultyRecordsThanAllowed() {
    read("feedback", "feedback:1", "feedback:2", "feedback:3", "feedback:4");
    written(Split.TRAINING, "feedback:1", "feedback:2");
    rejected(RejectionReason.MISSING_FIELD, "feedback:3");
    rejected(RejectionReason.UNSUPPORTED_MEDIA, "feedback:4");
    assertThat(accounts(0.5).refusal()).isNull();
    assertThat(accounts(0.49).refusal())
        .isEqualTo("2 of 4 records are faulty, more than limits.rejectedFraction (0.49) allows");
  }

  @Test
  void countOnlyFaultyRecords() {
    Set<RejectionReason> faulty =
        EnumSet.range(RejectionReason.RECORD_TOO_LARGE, RejectionReason.UNSUPPORTED_MEDIA);
    List<RejectionReason> notFaulty =
        List.of(
            RejectionReason.NEUTRAL_RATING,
            RejectionReason.LOW_RATING_WITHOUT_COMMENT,
            RejectionReason.IMPROVEMENT_MISSING);
    for (RejectionReason reason : RejectionReason.values()) {
      read.clear();
      parts.clear();
      rejected.clear();
      read("feedback", "feedback:1", "feedback:2");
      written(Split.TRAINING, "feedback:1");
      rejected(reason, "feedback:2");
      boolean counts = faulty.contains(reason) && !notFaulty.contains(reason);
      assertThat(accounts(0).refusal() != null).as("%s", reason).isEqualTo(counts);
    }
  }

  @Test
  void refuseADatasetWithoutTrainingExample() {
    read("feedback", "feedback:1", "feedback:2");
    written(Split.VALIDATION, "feedback:1");
    rejected(RejectionReason.NEUTRAL_RATING, "feedback:2");
    assertThat(accounts(0.5).refusal())
        .startsWith("All 1 examples fell to validation and none to training");
    parts.clear();
    rejected(RejectionReason.NEUTRAL_RATING, "feedback:1");
    assertThat(accounts(0.5).refusal())
        .isEqualTo("No training example is left: all 2 records were rejected");
    read.clear();
    parts.clear();
    rejected.clear();
    assertThat(accounts(0.5).refusal()).isEqualTo("The sources hold no records");
  }

  @Test
  void nameCategoriesWithoutValidationInTheSummary() {
    read("feedback", "feedback:1", "feedback:2");
    written(Split.TRAINING, "feedback:1");
    written(Split.VALIDATION, "feedback:2");
    // The category of a record is its id here; see written().
    assertThat(accounts(0.5).summary(null).notes())
        .containsExactly("One category is without a validation example: of feedback:1.");
  }

  @Test
  void nameTenCategoriesAtMost() {
    for (int i = 10; i < 22; i++) {
      read("feedback", "feedback:" + i);
      written(Split.TRAINING, "feedback:" + i);
    }
    assertThat(accounts(0.5).summary(null).notes()).as("no validation at all").isEmpty();
    read("feedback", "feedback:30");
    written(Split.VALIDATION, "feedback:30");
    assertThat(accounts(0.5).summary(null).notes())
        .singleElement()
        .asString()
        .startsWith("12 categories are without a validation example: of feedback:10, ")
        .endsWith(", of feedback:19 and 2 more.");
  }

  @Test
  void countBySourceAndReason() {
    read("feedback", "feedback:1", "feedback:2");
    read("observations", "observations:1");
    written(Split.TRAINING, "observations:1");
    rejected(RejectionReason.EXACT_DUPLICATE, "feedback:1");
    rejected(RejectionReason.MISSING_FIELD, "feedback:2");
    Accounts accounts = accounts(0.5);
    DatasetManifest manifest =
        accounts.manifest(accounts.summary("sha256:0"), List.of(), draftSplit());
    assertThat(manifest.counts().read()).isEqualTo(new DatasetManifest.Read(2, 1, 0, 3));
    assertThat(manifest.counts().training()).isEqualTo(1);
    assertThat(manifest.counts().rejected().byReason().keySet())
        .containsExactly("MISSING_FIELD", "EXACT_DUPLICATE");
    assertThat(manifest.categories())
        .isEqualTo(Map.of("of observations:1", new DatasetManifest.CategoryCount(1, 0)));
  }

  private void read(String source, String... ids) {
    read.add(tally(source, ids));
  }

  private void carried(String file, String... ids) {
    carried.add(tally(file, ids));
  }

  private void writtenCarried(Split split, String... ids) {
    written(split, ids);
    ExamplePart part = parts.remove(parts.size() - 1);
    parts.add(
        new ExamplePart(0, split, "l", "n", 1, part.tally(), part.tally(), part.statistics()));
  }

  private void written(Split split, String... ids) {
    SplitStatistics statistics = new SplitStatistics();
    for (String id : ids) {
      Provenance from =
          new Provenance(
              id,
              SourceName.FEEDBACK,
              "row",
              null,
              null,
              List.of("of " + id),
              null,
              Commonness.NONE);
      statistics.add(
          new EncodedExample(
              from,
              new Line(new byte[0]),
              TestRecord.fingerprint(id),
              new Key128(0, 0),
              new Key128(0, 0),
              1,
              1,
              false));
    }
    Tally tally = tally(split.fileName(), ids);
    Tally none = Tally.none(split.fileName());
    parts.add(new ExamplePart(0, split, "l", "n", 1, tally, none, statistics));
  }

  private void rejected(RejectionReason reason, String id) {
    TreeMap<RejectedPart.Key, RejectedPart.First> reasons = new TreeMap<>();
    reasons.put(
        new RejectedPart.Key(SourceName.FEEDBACK, reason), new RejectedPart.First(1, id, "row"));
    rejected.add(new RejectedPart("f", tally("rejected", id), reasons));
  }

  private static Tally tally(String outcome, String... ids) {
    Tally tally = Tally.none(outcome);
    for (String id : ids) {
      tally = tally.plus(id);
    }
    return tally;
  }

  private static DatasetManifest.SplitOverlap draftSplit() {
    return new DatasetManifest.SplitOverlap(0, null, null, null);
  }

  private Accounts accounts(double rejectedFraction) {
    DatasetManifest draft =
        new DatasetManifest(
            new DatasetManifest.Identity("answers", "classification", "gemini", "r", "", "s"),
            new DatasetManifest.RecordCounts(
                new DatasetManifest.Read(0, 0, 0, 0),
                0,
                0,
                new DatasetManifest.Rejected(0, Map.of())),
            redacted,
            Map.of(),
            draftSplit(),
            new DatasetManifest.Tokens(0, 0, "utf8"),
            List.of(),
            new DatasetManifest.Sources(null, null, null, null, previous),
            JsonNodeFactory.instance.objectNode(),
            new DatasetManifest.MadeBy(2, Map.of()));
    List<Posting> postings = new ArrayList<>();
    read.forEach(tally -> postings.add(new Posting(Posting.Kind.READ, tally)));
    carried.forEach(tally -> postings.add(new Posting(Posting.Kind.CARRIED, tally)));
    parts.forEach(part -> postings.add(new Posting(Posting.Kind.EXAMPLES, part)));
    rejected.forEach(part -> postings.add(new Posting(Posting.Kind.REJECTED, part)));
    postings.add(new Posting(Posting.Kind.REDACTIONS, redactions));
    return new Accounts(
        new Publication(
            draft,
            List.of(),
            List.of(),
            rejectedFraction,
            new SplitProof.Rules(Task.CLASSIFICATION, OutputFormat.GEMINI, null),
            new FolderTarget("/nowhere", FileMode.PRIVATE),
            new TemporaryFolder("/nowhere/")),
        postings);
  }
}
