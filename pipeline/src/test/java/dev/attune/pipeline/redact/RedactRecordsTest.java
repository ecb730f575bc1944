package dev.attune.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stage in a pipeline: what goes in, and every one of its four outputs. */
@ExtendWith(TestPipelineExtension.class)
class RedactRecordsTest {
  private static final ContentHash HASH = ContentHash.of("answers");
  private static final List<String> ALL = List.of("email", "phone", "card", "iban", "ip");
  private static final String ANNA = "anna@example.org";
  private static final String HASHED = new Identifiers(HASH).written(ANNA);

  @Test
  void redactsTextsAndIdsAndTalliesUnderTheNewOnes(TestPipeline pipeline) {
    RedactedRecords clean =
        redact(
            pipeline,
            ALL,
            List.of(
                example(ANNA, ANNA, "feedback:" + ANNA, "Ask ben@example.org or 192.0.2.7."),
                example("2", "u-2", "feedback:1", "Nothing to see here, 2021 times.")),
            List.of(rejected(ANNA), rejected("4")));
    PAssert.that(clean.examples())
        .containsInAnyOrder(
            example(HASHED, HASHED, "feedback:" + HASHED, "Ask [EMAIL] or [IP]."),
            example("2", "u-2", "feedback:1", "Nothing to see here, 2021 times."));
    PAssert.that(clean.rejected()).containsInAnyOrder(rejected(HASHED), rejected("4"));
    PAssert.that(clean.tallies()).satisfies(tallies -> sumTo(tallies, HASHED, "2", HASHED, "4"));
    PAssert.that(clean.redactions())
        .satisfies(
            redactions -> {
              Redactions sum = sum(redactions);
              assertThat(sum.of(PersonalKind.EMAIL)).isEqualTo(1);
              assertThat(sum.of(PersonalKind.IP)).isEqualTo(1);
              assertThat(sum.of(PersonalKind.PHONE)).isZero();
              return null;
            });
    pipeline.run();
  }

  @Test
  void hashesIdsAlsoWhereTextsStayAsTheyAre(TestPipeline pipeline) {
    RedactedRecords clean =
        redact(
            pipeline,
            List.of(),
            List.of(example(ANNA, null, null, "Ask ben@example.org.")),
            List.of());
    PAssert.that(clean.examples())
        .containsInAnyOrder(example(HASHED, null, null, "Ask ben@example.org."));
    PAssert.that(clean.tallies()).satisfies(tallies -> sumTo(tallies, HASHED));
    PAssert.that(clean.redactions()).empty();
    pipeline.run();
  }

  @Test
  void addsNothingWhereThereIsNothing(TestPipeline pipeline) {
    Example example = example("1", "u-1", null, "On 03.04.2021 at 10:30 four children came.");
    RedactedRecords clean = redact(pipeline, ALL, List.of(example), List.of(rejected("2")));
    PAssert.that(clean.examples()).containsInAnyOrder(example);
    PAssert.that(clean.rejected()).containsInAnyOrder(rejected("2"));
    // The tally of the reading alone.
    PAssert.that(clean.tallies()).containsInAnyOrder(tally("1", "2"));
    PAssert.that(clean.redactions()).empty();
    pipeline.run();
  }

  @Test
  void goesThroughNothing(TestPipeline pipeline) {
    RedactedRecords clean = redact(pipeline, ALL, List.of(), List.of());
    PAssert.that(clean.examples()).empty();
    PAssert.that(clean.rejected()).empty();
    PAssert.that(clean.tallies()).containsInAnyOrder(Tally.none("feedback"));
    PAssert.that(clean.redactions()).empty();
    pipeline.run();
  }

  @Test
  void keepsAndCountsRecordsThatAreThereTwice(TestPipeline pipeline) {
    Example example = example(ANNA, null, null, "Ask ben@example.org, not eva@example.org.");
    RedactedRecords clean =
        redact(pipeline, ALL, List.of(example, example), List.of(rejected(ANNA), rejected(ANNA)));
    Example redacted = example(HASHED, null, null, "Ask [EMAIL], not [EMAIL].");
    PAssert.that(clean.examples()).containsInAnyOrder(redacted, redacted);
    PAssert.that(clean.rejected()).containsInAnyOrder(rejected(HASHED), rejected(HASHED));
    PAssert.that(clean.tallies())
        .satisfies(tallies -> sumTo(tallies, HASHED, HASHED, HASHED, HASHED));
    PAssert.that(clean.redactions())
        .satisfies(
            redactions -> {
              assertThat(sum(redactions).of(PersonalKind.EMAIL)).isEqualTo(4);
              return null;
            });
    pipeline.run();
  }

  @Test
  void redactsManyRecordsOfSeveralBundles(TestPipeline pipeline) {
    List<Example> examples = new ArrayList<>();
    List<Example> expected = new ArrayList<>();
    String[] ids = new String[300];
    for (int i = 0; i < ids.length; i++) {
      String id = "user" + i + "@example.org";
      ids[i] = new Identifiers(HASH).written(id);
      examples.add(example(id, null, null, "Write to " + id + "."));
      expected.add(example(ids[i], null, null, "Write to [EMAIL]."));
    }
    RedactedRecords clean = redact(pipeline, ALL, examples, List.of());
    PAssert.that(clean.examples()).containsInAnyOrder(expected);
    PAssert.that(clean.rejected()).empty();
    PAssert.that(clean.tallies()).satisfies(tallies -> sumTo(tallies, ids));
    PAssert.that(clean.redactions())
        .satisfies(
            redactions -> {
              assertThat(sum(redactions).of(PersonalKind.EMAIL)).isEqualTo(300);
              return null;
            });
    pipeline.run();
  }

  /** The detail of a fault may quote a key of the record. */
  @Test
  void redactsTheKeyThatARejectionQuotes(TestPipeline pipeline) {
    String detail = "A field has another type. Unknown key: \"%s\".";
    RedactedRecords clean =
        redact(
            pipeline, List.of("email"), List.of(), List.of(rejected("1", detail.formatted(ANNA))));
    PAssert.that(clean.rejected()).containsInAnyOrder(rejected("1", detail.formatted("[EMAIL]")));
    PAssert.that(clean.tallies()).containsInAnyOrder(tally("1"));
    PAssert.that(clean.redactions()).empty();
    pipeline.run();
  }

  /** Tallied as the readers do it: under the ids that were read. */
  private static RedactedRecords redact(
      TestPipeline pipeline,
      List<String> kinds,
      List<Example> examples,
      List<RejectedRecord> rejected) {
    Tally read = Tally.none("feedback");
    for (Example example : examples) {
      read = read.plus(example.id());
    }
    for (RejectedRecord record : rejected) {
      read = read.plus(record.id());
    }
    return new SourceOutput(
            create(pipeline, "Examples", Example.class, examples),
            create(pipeline, "Rejected", RejectedRecord.class, rejected),
            create(pipeline, "Tallies", Tally.class, List.of(read)),
            create(pipeline, "Refusals", Refusal.class, List.of()),
            null,
            null)
        .apply("Redact", RedactRecords.of(kinds, HASH, "You answer."));
  }

  private static <T> PCollection<T> create(
      TestPipeline pipeline, String step, Class<T> type, List<T> values) {
    return pipeline.apply(step, Create.of(values).withType(TypeDescriptor.of(type)));
  }

  private static Example example(
      String id, @Nullable String group, @Nullable String parent, String prompt) {
    Turn user = new Turn(Role.USER, prompt, List.of("https://photos.example.org/a@example.org"));
    return new Example(
        "feedback:" + id,
        SourceName.FEEDBACK,
        "answers row " + id,
        group,
        parent,
        Example.NO_TIME,
        new ExampleLine("You answer.", List.of(user, Turn.model("Yes."))),
        List.of(),
        null);
  }

  private static RejectedRecord rejected(String id) {
    return rejected(id, RejectionReason.NEUTRAL_RATING.sentence());
  }

  private static RejectedRecord rejected(String id, String detail) {
    return new RejectedRecord(
        "feedback:" + id,
        "feedback",
        "answers row " + id,
        "read",
        RejectionReason.NEUTRAL_RATING,
        detail,
        null,
        "00");
  }

  private static Tally tally(String... ids) {
    Tally tally = Tally.none("feedback");
    for (String id : ids) {
      tally = tally.plus("feedback:" + id);
    }
    return tally;
  }

  private static @Nullable Void sumTo(Iterable<Tally> tallies, String... ids) {
    Tally sum = Tally.none("feedback");
    for (Tally tally : tallies) {
      assertThat(tally.outcome()).isEqualTo("feedback");
      sum = sum.plus(tally);
    }
    assertThat(sum).isEqualTo(tally(ids));
    return null;
  }

  private static Redactions sum(Iterable<Redactions> redactions) {
    Redactions sum = Redactions.NONE;
    for (Redactions each : redactions) {
      sum = sum.plus(each);
    }
    return sum;
  }
}
