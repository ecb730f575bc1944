package dev.attune.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordRedactorTest {
  private static final String PERSONAL = "anna@example.org";

  private final Identifiers identifiers = new Identifiers(ContentHash.of("childcare"));
  private final RecordRedactor redactor =
      new RecordRedactor(EnumSet.allOf(PersonalKind.class), identifiers, "Ask help@example.org.");

  @Test
  void redactsAllThatARecordBrings() {
    List<PersonalKind> told = new ArrayList<>();
    Example clean = redactor.redact(example("1", null, null, "Ask me@example.org."), told::add);
    assertThat(clean.line().system()).isEqualTo("Ask [EMAIL].");
    assertThat(clean.line().turns())
        .extracting(Turn::text)
        .containsExactly("I am [EMAIL]", "Call [PHONE]");
    assertThat(clean.line().turns().get(0).media()).containsExactly("gs://b/a@example.org.png");
    assertThat(clean.categories()).containsExactly("[IP]");
    assertThat(told)
        .containsExactlyInAnyOrder(
            PersonalKind.EMAIL, PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.IP);
  }

  @Test
  void leavesTheSystemInstructionOfTheConfiguration() {
    Example clean = redactor.redact(example("1", null, null, "Ask help@example.org."), kind -> {});
    assertThat(clean.line().system()).isEqualTo("Ask help@example.org.");
  }

  @Test
  void hashesTheSameValueToTheSameIdGroupAndParent() {
    Example clean =
        redactor.redact(example(PERSONAL, PERSONAL, "feedback:" + PERSONAL, ""), kind -> {});
    String hashed = identifiers.written(PERSONAL);
    assertThat(hashed).matches("hashed-[0-9a-f]{32}");
    assertThat(clean.id()).isEqualTo("feedback:" + hashed).isEqualTo(clean.parent());
    assertThat(clean.group()).isEqualTo(hashed);
    assertThat(clean.location()).isEqualTo("feedback row " + hashed);
    assertThat(redactor.redact(clean, kind -> {})).isSameAs(clean);
  }

  @Test
  void hashesIdsWhateverIsRedactedInTexts() {
    RecordRedactor off = new RecordRedactor(Set.of(), identifiers, null);
    Example example = example(PERSONAL, "c-1", null, "");
    Example clean = off.redact(example, kind -> {});
    assertThat(clean.id()).isEqualTo("feedback:" + identifiers.written(PERSONAL));
    assertThat(clean.group()).isEqualTo("c-1");
    assertThat(clean.line()).isSameAs(example.line());
  }

  @Test
  void hashesWithTheDatasetsName() {
    assertThat(new Identifiers(ContentHash.of("other")).written(PERSONAL))
        .isNotEqualTo(identifiers.written(PERSONAL));
  }

  @Test
  void hashesAsTheDocumentationShowsHow() throws IOException {
    assertThat(Files.readString(Path.of("../docs/redaction.md")))
        .contains("# " + new Identifiers(ContentHash.of("answers")).written(PERSONAL) + "\n");
  }

  @Test
  void hashesTheIdAndThePlaceOfARejectedRecord() {
    RejectedRecord clean = redactor.redact(rejected(PERSONAL, "feedback row " + PERSONAL));
    assertThat(clean.toString()).doesNotContain(PERSONAL);
    assertThat(clean.location()).isEqualTo("feedback row " + identifiers.written(PERSONAL));
    RejectedRecord plain = rejected("17", "feedback row 17");
    assertThat(redactor.redact(plain)).isSameAs(plain);
  }

  @Test
  void redactsAKeyThatADetailQuotes() {
    RejectionReason reason = RejectionReason.SCHEMA_VIOLATION;
    String detail = reason.sentence() + " Unknown key: \"" + PERSONAL + "\".";
    RejectedRecord clean =
        redactor.redact(
            new RejectedRecord(
                "generated:1", "generated", "a:1", "read", reason, detail, null, ""));
    assertThat(clean.detail()).startsWith(reason.sentence()).doesNotContain(PERSONAL);
    assertThat(clean.id()).isEqualTo("generated:1");
  }

  private static RejectedRecord rejected(String id, String location) {
    RejectionReason reason = RejectionReason.NEUTRAL_RATING;
    return new RejectedRecord(
        "feedback:" + id, "feedback", location, "read", reason, reason.sentence(), null, "00");
  }

  private static Example example(
      String id, @Nullable String group, @Nullable String parent, String system) {
    Turn user = new Turn(Role.USER, "I am b@example.org", List.of("gs://b/a@example.org.png"));
    return new Example(
        "feedback:" + id,
        SourceName.FEEDBACK,
        "feedback row " + id,
        group,
        parent,
        0,
        new ExampleLine(system, List.of(user, Turn.model("Call 07700 900123"))),
        List.of("192.0.2.1"),
        null);
  }
}
